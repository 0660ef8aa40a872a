-- Pay for tasks, by the region of the task's last machine before it.
select 'payout' as source, concat_ws('-', p.chain_id, p.height, p.log_index, p.part) as id, p.role as kind, p.time, p.chain_id, p.height,
  p.log_index, null::text as about, p.provider_id, a.node_id, null::text as buyer, p.job_id, p.task_id, null::text as hardware, v.region,
  jsonb_build_object('amount', p.amount::text, 'token', p.token, 'region', v.region) as detail
from payout p
cross join lateral (
  select a.node_id from attempt a
  where a.task_id = p.task_id and a.node_id is not null and (a.height, a.log_index) <= (p.height, p.log_index)
  order by a.height desc, a.log_index desc, a.part desc limit 1
) as a
join node_version v on v.node_id = a.node_id and v.height_from <= p.height and (v.height_to is null or v.height_to > p.height)
where p.network_id = $1 and p.time >= {from} and p.time < $3::timestamptz and p.for_work and p.task_id is not null and v.region <> ''
