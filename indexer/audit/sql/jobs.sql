-- $1 chain. Jobs whose columns are not what their tasks come to; a job without tasks is as it was born.
with folded as (
  select j.id, j.volume,
    count(t.id) filter (where t.status = 'completed') as completed,
    count(t.id) filter (where t.status = 'failed') as failed,
    count(t.id) filter (where t.status <> 'pending') as begun,
    max(t.ended_height) as ended_height,
    max(t.ended_time) as ended_time
  from job j
  join task t on t.job_id = j.id
  where j.chain_id = $1
  group by j.id
), expected as (
  select id, completed, failed,
    case
      when completed + failed = volume and volume > 0 then
        case when failed = 0 then 'completed' when completed = 0 then 'failed' else 'partial' end
      when begun > 0 then 'running'
      else 'open'
    end as status,
    case when completed + failed = volume then ended_height end as ended_height,
    case when completed + failed = volume then ended_time end as ended_time
  from folded
)
select j.id as subject, j.height,
  format('stored %s, its tasks come to %s',
    row (j.status, j.tasks_completed, j.tasks_failed, j.ended_height, j.ended_time),
    row (e.status, e.completed, e.failed, e.ended_height, e.ended_time)) as detail
from job j
join expected e on e.id = j.id
where (j.status, j.tasks_completed, j.tasks_failed, j.ended_height, j.ended_time)
  is distinct from (e.status, e.completed, e.failed, e.ended_height, e.ended_time)
