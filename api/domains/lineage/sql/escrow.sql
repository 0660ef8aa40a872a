-- Movements of what buyers put into escrow.
select 'escrow_change' as source, concat_ws('-', e.chain_id, e.height, e.log_index, e.part) as id, e.kind, e.time, e.chain_id, e.height,
  e.log_index, null::text as about, null::text as provider_id, null::text as node_id, e.account as buyer, e.job_id,
  null::text as task_id, null::text as hardware, null::text as region,
  jsonb_build_object('amount', e.amount::text, 'token', e.token) as detail, e.amount
from escrow_change e
where e.network_id = $1 and e.time >= {from} and e.time < $3::timestamptz
