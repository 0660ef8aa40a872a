-- Hours of machines, judged by their heartbeats: which of sixty minutes were expected, known and up.
select 'node_verdict' as source, concat_ws('@', p.node_id, v.hour) as id, 'nodeHour' as kind, to_timestamp(v.hour::bigint * 3600) as time,
  null::bigint as chain_id, null::bigint as height, null::int as log_index, null::text as about, p.provider_id, p.node_id,
  null::text as buyer, null::text as job_id, null::text as task_id,
  case when coalesce(p.gpu_model, '') = any ($5::text[]) then $4::text end as hardware, p.region,
  jsonb_build_object('up', b.up, 'known', b.known, 'expected', b.expected, 'maintenance', b.maintenance) as detail,
  b.up, b.known, b.expected, b.maintenance, b.maintenance_up, p.gpus
from node_verdict v
join ({placed}) as p on p.node_key = v.node_key and v.hour >= p.from_hour and v.hour < p.to_hour
cross join lateral (
  select bit_count(v.up::bit(64)) as up, bit_count(v.known::bit(64)) as known, bit_count(v.expected::bit(64)) as expected,
    coalesce(bit_count((v.known & v.maintenance)::bit(64)), 0) as maintenance,
    coalesce(bit_count((v.up & v.maintenance)::bit(64)), 0) as maintenance_up
) as b
-- Worked out once, and not for each row.
where v.hour >= (select floor(extract(epoch from {from}) / 3600)::int)
  and v.hour < (select ceil(extract(epoch from $3::timestamptz) / 3600)::int)
