-- Steps of tasks of jobs that were at work within the bucket, up to its end: when a task was given to a machine, begun and over.
select 'job_step' as source, concat_ws('-', s.chain_id, s.height, s.log_index, s.part) as id, s.kind, s.time, s.chain_id, s.height,
  s.log_index, null::text as about, coalesce(v.provider_id, s.provider_id) as provider_id, s.node_id, j.buyer, j.id as job_id, s.task_id,
  case when coalesce(nullif(v.gpu_model, ''), '') = any ($5::text[]) then $4::text end as hardware, nullif(v.region, '') as region,
  '{}'::jsonb as detail
from (
  select id, buyer from job
  where network_id = $1 and time >= {from} - interval '1 day' and time < $3::timestamptz and ended_time > {from}
    and ended_time - time <= interval '1 day'
  union all
  select id, buyer from job
  where network_id = $1 and ended_time - time > interval '1 day' and ended_time > {from} and time < $3::timestamptz
  union all
  select id, buyer from job
  where network_id = $1 and status in ('open', 'running') and ended_time is null and time < $3::timestamptz
) as j
cross join lateral (
  select s.* from job_step s
  where s.job_id = j.id and s.task_id is not null and s.kind in ('attempted', 'started', 'completed', 'failed')
    and s.time < $3::timestamptz
  offset 0
) as s
left join lateral (
  select a.node_id from job_step a
  where a.job_id = s.job_id and a.task_id = s.task_id and a.kind = 'attempted' and a.node_id is not null
    and (a.height, a.log_index, a.part) <= (s.height, s.log_index, s.part)
  order by a.height desc, a.log_index desc, a.part desc limit 1
) as given on true
left join node_version v on v.node_id = given.node_id and v.height_from <= s.height
  and (v.height_to is null or v.height_to > s.height)
