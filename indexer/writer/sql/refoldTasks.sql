-- $1 job ids. A task's columns from its steps: the last step decides the status. Both kinds of lookup go by the job.
update task t
set status = coalesce(f.status, 'pending'),
    started_height = f.started_height,
    started_time = f.started_time,
    ended_height = case when f.status in ('completed', 'failed') then f.last_height end,
    ended_time = case when f.status in ('completed', 'failed') then f.last_time end,
    attempts = f.attempts
from (
  select t.id,
    (array_agg(
      case s.kind
        when 'started' then 'running'
        when 'attempted' then 'running'
        when 'reopened' then 'disputed'
        else s.kind
      end
      order by s.height desc, s.log_index desc, s.part desc) filter (where s.kind is not null))[1] as status,
    (array_agg(s.height order by s.height desc, s.log_index desc, s.part desc))[1] as last_height,
    (array_agg(s.time order by s.height desc, s.log_index desc, s.part desc))[1] as last_time,
    (array_agg(s.height order by s.height, s.log_index, s.part) filter (where s.kind = 'started'))[1] as started_height,
    (array_agg(s.time order by s.height, s.log_index, s.part) filter (where s.kind = 'started'))[1] as started_time,
    count(*) filter (where s.kind = 'attempted') as attempts
  from task t
  left join job_step s on s.job_id = t.job_id and s.task_id = t.id
  where t.job_id = any($1)
  group by t.id
) f
where f.id = t.id
