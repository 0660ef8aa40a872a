-- Attempts that name their machine, of jobs that ended; each at the end of its job.
select 'job_step' as source, concat_ws('-', s.chain_id, s.height, s.log_index, s.part) as id, s.kind, j.ended_time as time, s.chain_id,
  s.height, s.log_index, null::text as about, s.provider_id, s.node_id, j.buyer, s.job_id, s.task_id, null::text as hardware,
  null::text as region, '{}'::jsonb as detail
from (
  select id, buyer, ended_time from job
  where network_id = $1 and time >= {from} - interval '1 day' and time < $3::timestamptz and ended_time >= {from}
    and ended_time < $3::timestamptz and ended_time - time <= interval '1 day'
  union all
  select id, buyer, ended_time from job
  where network_id = $1 and ended_time - time > interval '1 day' and ended_time >= {from} and ended_time < $3::timestamptz
) as j
cross join lateral (
  select s.* from job_step s where s.job_id = j.id and s.kind = 'attempted' and s.node_id is not null offset 0
) as s
