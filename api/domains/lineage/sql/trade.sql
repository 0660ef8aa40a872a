-- Trades, as price.sql and price_day.sql of the roller take them: tasks that were done and paid, when both were so; where no payment
-- is recorded, what was agreed on.
select 'task_outcome' as source, concat_ws('/', o.job_id, o.task_id, o.part) as id, 'trade' as kind, o.paid_time as time, o.chain_id,
  o.height, o.log_index, null::text as about, o.provider_id, o.node_id, o.buyer, o.job_id, o.task_id, o.hardware, o.region,
  jsonb_strip_nulls(jsonb_build_object('paid', o.paid::text, 'fee', o.fee::text, 'price', o.price::text, 'unit', j.price_unit)) as detail,
  o.paid + coalesce(o.fee, 0) as value, coalesce(j.price_unit, 'task') as unit,
  j.price_unit in ('second', 'hour') and o.price > 0 and (agreed.resource = 'gpu' or o.gpus > 0) as is_by_gpu
from network n
join task_outcome o on o.network_id = n.id and o.paid_time >= {from} and o.paid_time < $3::timestamptz and o.paid_time >= o.known_from
cross join lateral (select j.price_unit, j.price_token from job j where j.id = o.job_id offset 0) as j
left join lateral (
  select p.resource from price p
  where p.job_id = o.job_id and p.basis = 'settled' and p.unit = j.price_unit
  order by p.height, p.log_index, p.part limit 1
) as agreed on j.price_unit in ('second', 'hour')
where n.id = $1 and n.capabilities ->> 'payout' = 'true' and o.kind in ('completed', 'disputeWon')
  and coalesce(j.price_token, n.work_token) = n.work_token
  and (o.part = 0 or not exists (
    select from task_outcome e
    where e.job_id = o.job_id and e.task_id = o.task_id and e.part < o.part and e.kind in ('completed', 'disputeWon')
      and e.paid is not null and e.provider_id is not distinct from o.provider_id
      and e.assigned_time is not distinct from o.assigned_time
  ))
union all
select 'price', concat_ws('-', p.chain_id, p.height, p.log_index, p.part), 'trade', p.time, p.chain_id, p.height, p.log_index, null,
  p.provider_id, p.node_id, j.buyer, p.job_id, null, case when coalesce(nullif(v.gpu_model, ''), '') = any ($5::text[]) then $4::text end,
  v.region, jsonb_build_object('price', p.amount::text, 'unit', p.unit), null, p.unit,
  p.unit in ('second', 'hour') and p.amount > 0 and (p.resource = 'gpu' or v.gpu_count > 0)
from network n
join price p on p.network_id = n.id and p.basis = 'settled' and p.time >= {from} and p.time < $3::timestamptz
left join job j on j.id = p.job_id
left join node_version v on v.node_id = p.node_id and v.height_from <= p.height and (v.height_to is null or v.height_to > p.height)
where n.id = $1 and n.capabilities ->> 'payout' is distinct from 'true'
