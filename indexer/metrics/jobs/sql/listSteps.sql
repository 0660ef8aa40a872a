-- $1 job ids, $2 the last height. The steps of each, by the number of the job among those that are asked for (from 1).
select asked.number, s.height, s.log_index, s.part, extract(epoch from s.time)::float8, s.kind, s.task_id, s.node_id,
  s.provider_id, machine.gpu_model, machine.gpu_count, machine.region, verdict.rejected
from unnest($1::text[]) with ordinality as asked (id, number)
join job_step s on s.job_id = asked.id and s.height <= $2
left join lateral (
  select v.gpu_model, v.gpu_count, v.region from node_version v
  where s.kind = 'attempted' and v.node_id = s.node_id and v.height_from <= s.height
  order by v.height_from desc limit 1
) machine on true
left join lateral (
  select case when bool_or(v.node_id is null) then 'task' else 'node' end as rejected from verification v
  where s.kind in ('verified', 'reopened') and v.chain_id = s.chain_id and v.height = s.height and v.log_index = s.log_index and v.task_id = s.task_id
    and v.result = 'rejected'
  having count(*) > 0
) verdict on true
