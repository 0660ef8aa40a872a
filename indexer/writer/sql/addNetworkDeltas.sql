-- $1 chain, $2 first height, $3 last height. What these blocks add to each network, from the facts themselves.
insert into network_delta (
  chain_id, height, network_id, time, providers, nodes, jobs, tasks, tasks_completed, tasks_failed, stake, paid)
select $1, height, network_id, max(time), sum(providers), sum(nodes), sum(jobs), sum(tasks),
  sum(completed), sum(failed), sum(stake), sum(paid)
from (
  select height, network_id, time, 1 as providers, 0 as nodes, 0 as jobs, 0 as tasks, 0 as completed, 0 as failed,
    0::numeric as stake, 0::numeric as paid
  from provider where chain_id = $1 and height between $2 and $3
  union all
  select height, network_id, time, 0, 1, 0, 0, 0, 0, 0, 0
  from node where chain_id = $1 and height between $2 and $3
  union all
  select height, network_id, time, 0, 0, 1, volume, 0, 0, 0, 0
  from job where chain_id = $1 and height between $2 and $3
  union all
  select s.height, j.network_id, s.time, 0, 0, 0, 0, (s.kind = 'completed')::int, (s.kind = 'failed')::int, 0, 0
  from job_step s
  join job j on j.id = s.job_id
  where s.chain_id = $1 and s.height between $2 and $3 and s.kind in ('completed', 'failed')
  union all
  select height, network_id, time, 0, 0, 0, 0, 0, 0, delta, 0
  from stake_change where chain_id = $1 and height between $2 and $3
  union all
  select height, network_id, time, 0, 0, 0, 0, 0, 0, 0,
    amount
  from payout where chain_id = $1 and height between $2 and $3 and for_work
) fact
group by height, network_id
