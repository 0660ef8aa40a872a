-- $1 chain. Providers whose totals are not the sum of what the blocks added.
select p.id as subject, p.height,
  format('stored %s, its blocks add up to %s',
    row (p.jobs, p.tasks_completed, p.tasks_failed, p.stake, p.rewarded, p.slashed, p.paid),
    row (d.jobs, d.tasks_completed, d.tasks_failed, d.stake, d.rewarded, d.slashed, d.paid)) as detail
from provider p
cross join lateral (
  select coalesce(sum(jobs), 0) as jobs, coalesce(sum(tasks_completed), 0) as tasks_completed,
    coalesce(sum(tasks_failed), 0) as tasks_failed, coalesce(sum(stake), 0) as stake,
    coalesce(sum(rewarded), 0) as rewarded, coalesce(sum(slashed), 0) as slashed, coalesce(sum(paid), 0) as paid
  from provider_delta where provider_id = p.id
) d
where p.chain_id = $1
  and (p.jobs, p.tasks_completed, p.tasks_failed, p.stake, p.rewarded, p.slashed, p.paid)
    is distinct from (d.jobs, d.tasks_completed, d.tasks_failed, d.stake, d.rewarded, d.slashed, d.paid)
