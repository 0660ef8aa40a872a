-- $1 job ids. A job's columns from its tasks, and who runs it from its steps.
update job j
set provider_id = f.provider_id,
    tasks_completed = f.completed,
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
  select asked.id as job_id,
    count(t.id) filter (where t.status = 'completed') as completed,
    count(t.id) filter (where t.status = 'failed') as failed,
    count(t.id) filter (where t.status <> 'pending') as begun,
    max(t.ended_height) as ended_height,
    (array_agg(t.ended_time order by t.ended_height desc) filter (where t.ended_height is not null))[1] as ended_time,
    (
      select s.provider_id from job_step s
      where s.job_id = asked.id and s.provider_id is not null
      order by s.height desc, s.log_index desc, s.part desc limit 1
    ) as provider_id
  from unnest($1::text[]) as asked (id)
  left join task t on t.job_id = asked.id
  group by asked.id
) f
where f.job_id = j.id
