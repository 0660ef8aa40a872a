-- The last bid of each job that nobody took, at the hour in which that was known.
select 'price' as source, concat_ws('-', b.chain_id, b.height, b.log_index, b.part) as id, 'bid' as kind, o.time, b.chain_id, b.height,
  b.log_index, null::text as about, null::text as provider_id, null::text as node_id, o.buyer, o.job_id, null::text as task_id,
  null::text as hardware, null::text as region, jsonb_build_object('amount', b.amount::text, 'token', b.token, 'unit', b.unit) as detail,
  b.amount
from (
  select job_id, min(buyer) as buyer, min(known_from) as time from task_outcome
  where network_id = $1 and known_from >= {from} and known_from < $3::timestamptz and kind = 'cancelled' and provider_id is null
  group by job_id, floor(extract(epoch from known_from) / 3600)
) as o
cross join lateral (
  select p.* from price p where p.job_id = o.job_id and p.basis = 'bid' order by p.height desc, p.log_index desc limit 1
) as b
