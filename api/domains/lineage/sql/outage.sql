-- Outages of machines by their first minute down; those that overlap the bucket are in it as well.
select 'outage' as source, concat_ws('@', p.node_id, o.from_slot) as id, 'outage' as kind, to_timestamp(o.from_slot::bigint * 60) as time,
  null::bigint as chain_id, null::bigint as height, null::int as log_index, null::text as about, p.provider_id, p.node_id,
  null::text as buyer, null::text as job_id, null::text as task_id,
  case when coalesce(p.gpu_model, '') = any ($5::text[]) then $4::text end as hardware, p.region,
  jsonb_build_object('downMinutes', o.down, 'lastMinute', to_timestamp(o.last_slot::bigint * 60), 'ended', o.ended) as detail,
  to_timestamp(o.from_slot::bigint * 60) >= {from} as begins, false as ends
from outage o
join ({placed}) as p on p.node_key = o.node_key and o.from_slot / 60 >= p.from_hour and o.from_slot / 60 < p.to_hour
where o.last_slot >= (select floor(extract(epoch from {from}) / 60)::int)
  and o.from_slot < (select floor(extract(epoch from $3::timestamptz) / 60)::int)
