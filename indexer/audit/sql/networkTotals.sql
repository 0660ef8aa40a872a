-- $1 chain. Networks whose totals are not the sum of what the blocks added.
select n.id as subject, null::bigint as height,
  format('stored %s, its blocks add up to %s',
    row (n.providers, n.nodes, n.jobs, n.tasks, n.tasks_completed, n.tasks_failed, n.stake, n.paid),
    row (d.providers, d.nodes, d.jobs, d.tasks, d.tasks_completed, d.tasks_failed, d.stake, d.paid)) as detail
from network n
cross join lateral (
  select coalesce(sum(providers), 0) as providers, coalesce(sum(nodes), 0) as nodes, coalesce(sum(jobs), 0) as jobs,
    coalesce(sum(tasks), 0) as tasks, coalesce(sum(tasks_completed), 0) as tasks_completed,
    coalesce(sum(tasks_failed), 0) as tasks_failed, coalesce(sum(stake), 0) as stake, coalesce(sum(paid), 0) as paid
  from network_delta where network_id = n.id
) d
where n.chain_id = $1
  and (n.providers, n.nodes, n.jobs, n.tasks, n.tasks_completed, n.tasks_failed, n.stake, n.paid)
    is distinct from (d.providers, d.nodes, d.jobs, d.tasks, d.tasks_completed, d.tasks_failed, d.stake, d.paid)
