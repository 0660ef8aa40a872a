-- What machines were within the bucket, each for so many seconds of it; and those that were only seen at work, of which nothing was said.
select 'node_version' as source, concat_ws('@', v.node_id, v.height_from) as id,
  case when coalesce(v.active, true) then 'registered' else 'retired' end as kind, life.begins as time, v.chain_id,
  v.height_from as height, null::int as log_index, v.node_id as about, v.provider_id, v.node_id, null::text as buyer,
  null::text as job_id, null::text as task_id,
  case when coalesce(nullif(v.gpu_model, ''), '') = any ($5::text[]) then $4::text end as hardware, nullif(v.region, '') as region,
  jsonb_strip_nulls(jsonb_build_object('seconds', within.seconds, 'gpus', v.gpu_count, 'gpuModel', v.gpu_model, 'region', v.region)) as detail,
  coalesce(v.active, true) as is_active, within.seconds, coalesce(v.gpu_count, 0)::bigint as gpus,
  coalesce(v.vram_mb, 0)::numeric * coalesce(v.gpu_count, 0) as vram_mb
from node n
join chain c on c.chain_id = n.chain_id
join node_version v on v.node_id = n.id and v.chain_id = n.chain_id
cross join lateral (
  select (select b.time from block b where b.chain_id = v.chain_id and b.height = v.height_from) as begins,
    (select b.time from block b where b.chain_id = v.chain_id and b.height = v.height_to) as ends
) as life
cross join lateral (
  select extract(epoch from least(life.ends, $3::timestamptz, date_trunc('second', c.block_time)) - greatest(life.begins, {from}))::bigint
    as seconds
) as within
where n.network_id = $1 and within.seconds > 0
union all
select 'node', n.id, 'registered', n.time, n.chain_id, n.height, null, n.id, n.provider_id, n.id, null, null, null,
  case when '' = any ($5::text[]) then $4::text end, null, jsonb_build_object('seconds', within.seconds), true, within.seconds, 0, 0
from node n
join chain c on c.chain_id = n.chain_id
cross join lateral (
  select extract(epoch from least($3::timestamptz, date_trunc('second', c.block_time)) - greatest(n.time, {from}))::bigint as seconds
) as within
where n.network_id = $1 and n.active is null and n.gpu_count is null and n.region is null and within.seconds > 0
  and not exists (select from node_version v where v.node_id = n.id)
