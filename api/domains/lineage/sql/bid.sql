-- Bids that were made on chain in the bucket, and those that stood off chain at its end.
select 'price' as source, concat_ws('-', p.chain_id, p.height, p.log_index, p.part) as id, 'bid' as kind, p.time, p.chain_id, p.height,
  p.log_index, null::text as about, p.provider_id, p.node_id, null::text as buyer, p.job_id, null::text as task_id,
  null::text as hardware, null::text as region,
  jsonb_strip_nulls(jsonb_build_object('amount', p.amount::text, 'token', p.token, 'unit', p.unit, 'resource', p.resource)) as detail, p.unit
from price p
where p.network_id = $1 and p.basis = 'bid' and p.time >= {from} and p.time < $3::timestamptz
union all
select 'price_reading', concat_ws('@', encode(r.thing, 'hex'), r.day, r.amount), 'bid', r.first_seen, null, null, null, null, r.provider_id,
  r.node_id, null, null, null,
  case when coalesce(nullif(r.attributes ->> 'gpuModel', ''), '') = any ($5::text[]) then $4::text end, null,
  jsonb_strip_nulls(jsonb_build_object('amount', r.amount::text, 'token', r.token, 'unit', r.unit, 'resource', r.resource,
    'source', r.source_url, 'lastSeen', r.last_seen)), r.unit
from price_reading r
where r.network_id = $1 and r.basis = 'bid' and r.first_seen < $3::timestamptz and r.valid_until >= $3::timestamptz
