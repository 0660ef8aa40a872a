-- Machines that were registered at the end of the bucket, or at the last block.
select 'node_version' as source, concat_ws('@', v.node_id, v.height_from) as id, 'registered' as kind,
  (select b.time from block b where b.chain_id = v.chain_id and b.height = v.height_from) as time, v.chain_id, v.height_from as height,
  null::int as log_index, v.node_id as about, v.provider_id, v.node_id, null::text as buyer, null::text as job_id,
  null::text as task_id, null::text as hardware, nullif(v.region, '') as region,
  jsonb_strip_nulls(jsonb_build_object('gpus', greatest(coalesce(v.gpu_count, 1), 1), 'region', v.region, 'uri', v.uri)) as detail,
  coalesce(nullif(v.uri, ''), p.uri) as uri
from network n
join chain c on c.chain_id = n.chain_id
cross join lateral (
  select b.height from block b
  where b.chain_id = n.chain_id and b.time < least($3::timestamptz, c.block_time + interval '1 second')
  order by b.time desc, b.height desc limit 1
) as last
join node m on m.network_id = n.id
join node_version v on v.node_id = m.id and v.height_from <= last.height and (v.height_to is null or v.height_to > last.height)
left join provider_version p on p.provider_id = v.provider_id and p.height_from <= last.height
  and (p.height_to is null or p.height_to > last.height)
where n.id = $1 and v.active is not false
