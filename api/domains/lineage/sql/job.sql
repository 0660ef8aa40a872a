-- Jobs by the block that announced them.
select 'job' as source, j.id, 'opened' as kind, j.time, j.chain_id, j.height, null::int as log_index, j.id as about, j.provider_id,
  null::text as node_id, j.buyer, j.id as job_id, null::text as task_id, null::text as hardware, null::text as region,
  jsonb_build_object('tasks', j.volume) as detail, j.volume
from job j
where j.network_id = $1 and j.time >= {from} and j.time < $3::timestamptz
