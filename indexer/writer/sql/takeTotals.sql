-- $1 chain, $2 first height, $3 last height. Takes what these blocks added from the totals again.
with provider_sum as (
  update provider p
  set jobs = p.jobs - d.jobs,
      tasks_completed = p.tasks_completed - d.tasks_completed,
      tasks_failed = p.tasks_failed - d.tasks_failed,
      stake = p.stake - d.stake,
      rewarded = p.rewarded - d.rewarded,
      slashed = p.slashed - d.slashed,
      paid = p.paid - d.paid
  from (
    select provider_id, sum(jobs) as jobs, sum(tasks_completed) as tasks_completed, sum(tasks_failed) as tasks_failed,
      sum(stake) as stake, sum(rewarded) as rewarded, sum(slashed) as slashed, sum(paid) as paid
    from provider_delta
    where chain_id = $1 and height between $2 and $3
    group by provider_id
  ) d
  where d.provider_id = p.id
)
update network n
set providers = n.providers - d.providers,
    nodes = n.nodes - d.nodes,
    jobs = n.jobs - d.jobs,
    tasks = n.tasks - d.tasks,
    tasks_completed = n.tasks_completed - d.tasks_completed,
    tasks_failed = n.tasks_failed - d.tasks_failed,
    stake = n.stake - d.stake,
    paid = n.paid - d.paid
from (
  select network_id, sum(providers) as providers, sum(nodes) as nodes, sum(jobs) as jobs, sum(tasks) as tasks,
    sum(tasks_completed) as tasks_completed, sum(tasks_failed) as tasks_failed,
    sum(stake) as stake, sum(paid) as paid
  from network_delta
  where chain_id = $1 and height between $2 and $3
  group by network_id
) d
where d.network_id = n.id
