-- Pay for tasks, with the last verdict in the task's favour before it.
select 'payout' as source, concat_ws('-', p.chain_id, p.height, p.log_index, p.part) as id, p.role as kind, p.time, p.chain_id, p.height,
  p.log_index, null::text as about, p.provider_id, v.node_id, null::text as buyer, p.job_id, p.task_id, null::text as hardware,
  null::text as region,
  jsonb_strip_nulls(jsonb_build_object(
    'amount', p.amount::text, 'token', p.token, 'mechanism', v.mechanism, 'verification', v.event, 'verifiedAt', v.time)) as detail,
  p.amount, v.mechanism, extract(epoch from p.time)::bigint - extract(epoch from v.time)::bigint as waited
from payout p
left join lateral (
  select v.mechanism, v.time, v.node_id, concat_ws('-', v.chain_id, v.height, v.log_index) as event
  from verification v
  where v.task_id = p.task_id and v.result in ('accepted', 'reached', 'revealed')
    and (v.height, v.log_index) <= (p.height, p.log_index)
  order by v.height desc, v.log_index desc, v.part desc limit 1
) as v on true
where p.network_id = $1 and p.time >= {from} and p.time < $3::timestamptz and p.for_work and p.task_id is not null
