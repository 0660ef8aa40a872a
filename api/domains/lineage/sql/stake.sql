-- Changes of stake.
select 'stake_change' as source, concat_ws('-', s.chain_id, s.height, s.log_index, s.part) as id, s.kind, s.time, s.chain_id, s.height,
  s.log_index, null::text as about, s.provider_id, s.node_id, null::text as buyer, null::text as job_id, s.task_id,
  null::text as hardware, null::text as region,
  jsonb_build_object('amount', s.amount::text, 'delta', s.delta::text, 'token', s.token, 'account', s.account) as detail, s.amount,
  s.delta, s.kind = 'slashed' and s.delta <> 0 as is_slash
from stake_change s
where s.network_id = $1 and s.time >= {from} and s.time < $3::timestamptz
