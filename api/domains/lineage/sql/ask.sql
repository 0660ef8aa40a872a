-- What was asked for at the end of the bucket: on chain the last word on each thing, off chain what was fresh then.
select 'price' as source, concat_ws('-', a.chain_id, a.height, a.log_index, a.part) as id, 'ask' as kind, a.time, a.chain_id, a.height,
  a.log_index, null::text as about, a.provider_id, a.node_id, null::text as buyer, null::text as job_id, null::text as task_id,
  case when coalesce(nullif(v.gpu_model, ''), '') = any ($5::text[]) then $4::text end as hardware, v.region,
  jsonb_strip_nulls(jsonb_build_object('amount', a.amount::text, 'token', a.token, 'unit', a.unit, 'resource', a.resource)) as detail,
  a.unit
from (
  select distinct on (p.provider_id, p.node_id, p.resource, p.unit) p.*
  from price p
  where p.network_id = $1 and p.basis = 'advertised' and p.time < $3::timestamptz
  order by p.provider_id, p.node_id, p.resource, p.unit, p.height desc, p.log_index desc, p.part desc
) as a
left join lateral (
  select v.gpu_model, v.region, v.active from node_version v
  join block b on b.chain_id = v.chain_id and b.height = v.height_from
  where v.node_id = a.node_id and b.time < $3::timestamptz order by v.height_from desc limit 1
) as v on true
where v.active is not false
union all
select 'price_reading', concat_ws('@', encode(r.thing, 'hex'), r.day, r.amount), 'ask', r.first_seen, null, null, null, null, r.provider_id,
  r.node_id, null, null, null,
  case when coalesce(nullif(r.attributes ->> 'gpuModel', ''), '') = any ($5::text[]) then $4::text end, null,
  jsonb_strip_nulls(jsonb_build_object('amount', r.amount::text, 'token', r.token, 'unit', r.unit, 'resource', r.resource,
    'source', r.source_url, 'lastSeen', r.last_seen)), r.unit
from price_reading r
where r.network_id = $1 and r.basis = 'advertised' and r.first_seen < $3::timestamptz and r.valid_until >= $3::timestamptz
