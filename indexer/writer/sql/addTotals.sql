-- $1 chain, $2 first height, $3 last height, $4 1 to add these blocks to the totals, -1 to take them back.
with provider_sum as (
  update provider p
  set jobs = p.jobs + $4 * d.jobs,
      tasks_completed = p.tasks_completed + $4 * d.tasks_completed,
      tasks_failed = p.tasks_failed + $4 * d.tasks_failed,
      stake = p.stake + $4 * d.stake,
      rewarded = p.rewarded + $4 * d.rewarded,
      slashed = p.slashed + $4 * d.slashed,
      paid = p.paid + $4 * d.paid,
      last_height = greatest(p.last_height, d.last_height),
      last_time = greatest(p.last_time, d.last_time)
  from (
    select provider_id, sum(jobs) as jobs, sum(tasks_completed) as tasks_completed, sum(tasks_failed) as tasks_failed,
      sum(stake) as stake, sum(rewarded) as rewarded, sum(slashed) as slashed, sum(paid) as paid,
      max(height) as last_height, max(time) as last_time
    from provider_delta
    where chain_id = $1 and height between $2 and $3
    group by provider_id
  ) d
  where d.provider_id = p.id
)
update network n
set providers = n.providers + $4 * d.providers,
    nodes = n.nodes + $4 * d.nodes,
    jobs = n.jobs + $4 * d.jobs,
    tasks = n.tasks + $4 * d.tasks,
    tasks_completed = n.tasks_completed + $4 * d.tasks_completed,
    tasks_failed = n.tasks_failed + $4 * d.tasks_failed,
    stake = n.stake + $4 * d.stake,
    paid = n.paid + $4 * d.paid
from (
  select network_id, sum(providers) as providers, sum(nodes) as nodes, sum(jobs) as jobs, sum(tasks) as tasks,
    sum(tasks_completed) as tasks_completed, sum(tasks_failed) as tasks_failed,
    sum(stake) as stake, sum(paid) as paid
  from network_delta
  where chain_id = $1 and height between $2 and $3
  group by network_id
) d
where d.network_id = n.id
