-- Outages of machines that were over, by their last minute down.
select 'outage' as source, concat_ws('@', p.node_id, o.from_slot) as id, 'repair' as kind, to_timestamp(o.last_slot::bigint * 60) as time,
  null::bigint as chain_id, null::bigint as height, null::int as log_index, null::text as about, p.provider_id, p.node_id,
  null::text as buyer, null::text as job_id, null::text as task_id,
  case when coalesce(p.gpu_model, '') = any ($5::text[]) then $4::text end as hardware, p.region,
  jsonb_build_object('downMinutes', o.down, 'firstMinute', to_timestamp(o.from_slot::bigint * 60)) as detail
from outage o
join ({placed}) as p on p.node_key = o.node_key and o.last_slot / 60 >= p.from_hour and o.last_slot / 60 < p.to_hour
where o.ended and o.last_slot >= (select floor(extract(epoch from {from}) / 60)::int)
  and o.last_slot < (select floor(extract(epoch from $3::timestamptz) / 60)::int)
