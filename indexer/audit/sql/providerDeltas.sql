-- $1 chain. Blocks, or ranges of the past, whose additions to a provider are not what their facts come to. A job counts
-- for whom its last step named, and moves when another one is; so do the ends of its tasks, which reopening takes off.
with named as (
  select *, count(provider_id) over of_job as named_so_far from job_step where chain_id = $1
  window of_job as (partition by job_id order by height, log_index, part)
), run as (
  select n.*, first_value(provider_id) over (partition by job_id, named_so_far order by height, log_index, part) as runs
  from named n
), step as (
  select r.*, lag(runs) over of_job as ran, coalesce(lag(kind) over of_task, '') as kind_before
  from run r
  window of_job as (partition by job_id order by height, log_index, part),
    of_task as (partition by job_id, task_id order by height, log_index, part)
), stored as (
  select * from provider_delta where chain_id = $1
), expected as (
  select coalesce(s.height, fact.height) as height, fact.provider_id, sum(fact.jobs) as jobs, sum(completed) as tasks_completed,
    sum(failed) as tasks_failed, sum(fact.stake) as stake, sum(fact.rewarded) as rewarded, sum(fact.slashed) as slashed,
    sum(fact.paid) as paid
  from (
    select height, runs as provider_id, 1 as jobs, 0 as completed, 0 as failed, 0::numeric as stake,
      0::numeric as rewarded, 0::numeric as slashed, 0::numeric as paid
    from step where runs is distinct from ran and runs is not null
    union all
    select height, ran, -1, 0, 0, 0, 0, 0, 0 from step where runs is distinct from ran and ran is not null
    union all
    select height, runs, 0, (kind = 'completed')::int - (kind_before = 'completed')::int,
      (kind = 'failed')::int - (kind_before = 'failed')::int, 0, 0, 0, 0
    from step
    where task_id is not null and runs is not null
      and (kind in ('completed', 'failed') or kind_before in ('completed', 'failed'))
    union all
    select height, provider_id, 0, 0, 0, delta,
      case kind when 'rewarded' then amount else 0 end,
      case when kind = 'slashed' and delta <> 0 then amount else 0 end, 0
    from stake_change where chain_id = $1 and provider_id is not null
    union all
    select height, provider_id, 0, 0, 0, 0, 0, 0, amount
    from payout where chain_id = $1 and provider_id is not null and for_work
  ) fact
  left join stored s on s.provider_id = fact.provider_id and fact.height between s.height_from and s.height
  group by coalesce(s.height, fact.height), fact.provider_id
)
select coalesce(s.provider_id, e.provider_id) as subject, coalesce(s.height, e.height) as height,
  format('stored %s, the facts come to %s',
    row (s.jobs, s.tasks_completed, s.tasks_failed, s.stake, s.rewarded, s.slashed, s.paid),
    row (e.jobs, e.tasks_completed, e.tasks_failed, e.stake, e.rewarded, e.slashed, e.paid)) as detail
from stored s
full join expected e on e.height = s.height and e.provider_id = s.provider_id
where (coalesce(s.jobs, 0), coalesce(s.tasks_completed, 0), coalesce(s.tasks_failed, 0), coalesce(s.stake, 0),
    coalesce(s.rewarded, 0), coalesce(s.slashed, 0), coalesce(s.paid, 0))
  is distinct from (coalesce(e.jobs, 0), coalesce(e.tasks_completed, 0), coalesce(e.tasks_failed, 0),
    coalesce(e.stake, 0), coalesce(e.rewarded, 0), coalesce(e.slashed, 0), coalesce(e.paid, 0))
