-- Providers by their first event, and the first pay of each.
select 'provider' as source, p.id, 'joined' as kind, p.time, p.chain_id, p.height, null::int as log_index, p.id as about,
  p.id as provider_id, null::text as node_id, null::text as buyer, null::text as job_id, null::text as task_id,
  null::text as hardware, null::text as region, jsonb_strip_nulls(jsonb_build_object('firstPay', paid.event, 'paidAt', paid.time)) as detail
from provider p
left join lateral (
  select concat_ws('-', x.chain_id, x.height, x.log_index) as event, x.time from payout x
  where x.provider_id = p.id and x.for_work order by x.height, x.log_index limit 1
) as paid on true
where p.network_id = $1 and p.time >= {from} and p.time < $3::timestamptz
