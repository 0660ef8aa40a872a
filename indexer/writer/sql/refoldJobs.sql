-- $1 job ids. A job's columns from its tasks.
update job j
set tasks_completed = f.completed,
    tasks_failed = f.failed,
    status = case
      when f.completed + f.failed = j.volume and j.volume > 0 then
        case when f.failed = 0 then 'completed' when f.completed = 0 then 'failed' else 'partial' end
      when f.begun > 0 then 'running'
      else 'open'
    end,
    ended_height = case when f.completed + f.failed = j.volume then f.ended_height end,
    ended_time = case when f.completed + f.failed = j.volume then f.ended_time end
from (
  select job_id,
    count(*) filter (where status = 'completed') as completed,
    count(*) filter (where status = 'failed') as failed,
    count(*) filter (where status <> 'pending') as begun,
    max(ended_height) as ended_height,
    max(ended_time) as ended_time
  from task
  where job_id = any($1)
  group by job_id
) f
where f.job_id = j.id
