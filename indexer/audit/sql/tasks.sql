-- $1 chain. Tasks whose columns are not what their steps come to: the last step that bears a status decides it.
with folded as (
  select t.id,
    (array_agg(
      case s.kind
        when 'started' then 'running'
        when 'attempted' then 'running'
        when 'reopened' then 'disputed'
        else s.kind
      end
      order by s.height desc, s.log_index desc, s.part desc) filter (where s.kind is not null))[1] as status,
    max(s.height) as last_height,
    (array_agg(s.time order by s.height desc, s.log_index desc, s.part desc))[1] as last_time,
    min(s.height) filter (where s.kind = 'started') as started_height,
    min(s.time) filter (where s.kind = 'started') as started_time,
    count(*) filter (where s.kind = 'attempted') as attempts
  from task t
  left join job_step s on s.task_id = t.id
  where t.chain_id = $1
  group by t.id
), expected as (
  select id, coalesce(status, 'pending') as status, started_height, started_time,
    case when status in ('completed', 'failed') then last_height end as ended_height,
    case when status in ('completed', 'failed') then last_time end as ended_time,
    attempts
  from folded
)
select t.id as subject, t.height,
  format('stored %s, its steps come to %s',
    row (t.status, t.started_height, t.started_time, t.ended_height, t.ended_time, t.attempts),
    row (e.status, e.started_height, e.started_time, e.ended_height, e.ended_time, e.attempts)) as detail
from task t
join expected e on e.id = t.id
where (t.status, t.started_height, t.started_time, t.ended_height, t.ended_time, t.attempts)
  is distinct from (e.status, e.started_height, e.started_time, e.ended_height, e.ended_time, e.attempts)
