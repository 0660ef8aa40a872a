-- $1 chain. Blocks whose additions to a network are not what their facts come to.
with step as (
  select s.*, j.network_id, coalesce(lag(s.kind) over of_task, '') as kind_before
  from job_step s join job j on j.id = s.job_id
  where s.chain_id = $1 and s.task_id is not null
  window of_task as (partition by s.job_id, s.task_id order by s.height, s.log_index, s.part)
), expected as (
  select height, network_id, sum(providers) as providers, sum(nodes) as nodes, sum(jobs) as jobs, sum(tasks) as tasks,
    sum(completed) as tasks_completed, sum(failed) as tasks_failed, sum(stake) as stake, sum(paid) as paid
  from (
    select height, network_id, 1 as providers, 0 as nodes, 0 as jobs, 0 as tasks, 0 as completed, 0 as failed,
      0::numeric as stake, 0::numeric as paid
    from provider where chain_id = $1
    union all
    select height, network_id, 0, 1, 0, 0, 0, 0, 0, 0 from node where chain_id = $1
    union all
    select height, network_id, 0, 0, 1, volume, 0, 0, 0, 0 from job where chain_id = $1
    union all
    select height, network_id, 0, 0, 0, 0, (kind = 'completed')::int - (kind_before = 'completed')::int,
      (kind = 'failed')::int - (kind_before = 'failed')::int, 0, 0
    from step where kind in ('completed', 'failed') or kind_before in ('completed', 'failed')
    union all
    select height, network_id, 0, 0, 0, 0, 0, 0, delta, 0 from stake_change where chain_id = $1
    union all
    select height, network_id, 0, 0, 0, 0, 0, 0, 0, amount from payout where chain_id = $1 and for_work
  ) fact
  group by height, network_id
), stored as (
  select * from network_delta where chain_id = $1
)
select coalesce(s.network_id, e.network_id) as subject, coalesce(s.height, e.height) as height,
  format('stored %s, the facts come to %s',
    row (s.providers, s.nodes, s.jobs, s.tasks, s.tasks_completed, s.tasks_failed, s.stake, s.paid),
    row (e.providers, e.nodes, e.jobs, e.tasks, e.tasks_completed, e.tasks_failed, e.stake, e.paid)) as detail
from stored s
full join expected e on e.height = s.height and e.network_id = s.network_id
where (coalesce(s.providers, 0), coalesce(s.nodes, 0), coalesce(s.jobs, 0), coalesce(s.tasks, 0),
    coalesce(s.tasks_completed, 0), coalesce(s.tasks_failed, 0), coalesce(s.stake, 0), coalesce(s.paid, 0))
  is distinct from (coalesce(e.providers, 0), coalesce(e.nodes, 0), coalesce(e.jobs, 0), coalesce(e.tasks, 0),
    coalesce(e.tasks_completed, 0), coalesce(e.tasks_failed, 0), coalesce(e.stake, 0), coalesce(e.paid, 0))
