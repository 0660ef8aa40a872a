-- $1 network, hours from $2 up to $3. What volumes are made of (`computePriceHour`): one row a trade, with the worth of its token.
with
-- trades: the same lines in price.sql and price_day.sql, held together by a test.
-- Where payouts are recorded, a trade is a task that was done and paid, when both were so; a later word on the same attempt is
-- no second one. Elsewhere it is what was agreed on.
paid as (
  select o.*
  from task_outcome o
  where o.network_id = $1 and o.paid_time = o.known_from
    and o.known_from >= to_timestamp($2::int8 * 3600) and o.known_from < to_timestamp($3::int8 * 3600)
  union all
  select o.*
  from task_outcome o
  where o.network_id = $1 and o.paid_time > o.known_from
    and o.paid_time >= to_timestamp($2::int8 * 3600) and o.paid_time < to_timestamp($3::int8 * 3600)
),
trade as (
  select o.paid_time as at, o.provider_id, o.buyer, o.gpu_model, o.gpus, o.price, o.price_scale as scale,
    o.paid + coalesce(o.fee, 0) as value, coalesce(j.price_unit, 'task') as unit, agreed.resource, n.work_token as token
  from network n
  join paid o on o.network_id = n.id
  -- One look for each: a join would read all jobs there ever were.
  cross join lateral (select j.price_unit, j.price_token from job j where j.id = o.job_id offset 0) as j
  left join lateral (
    select p.resource
    from price p
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
  select p.time, p.provider_id, j.buyer, v.gpu_model, v.gpu_count, p.amount, p.scale, null, p.unit, p.resource, p.token
  from network n
  join price p on p.network_id = n.id and p.basis = 'settled'
    and p.time >= to_timestamp($2::int8 * 3600) and p.time < to_timestamp($3::int8 * 3600)
  left join job j on j.id = p.job_id
  left join node_version v on v.node_id = p.node_id and v.height_from <= p.height
    and (v.height_to is null or v.height_to > p.height)
  where n.id = $1 and n.capabilities ->> 'payout' is distinct from 'true'
)
-- end of trades
select 'trade' as part, floor(extract(epoch from q.at) / 3600)::int as hour, $1::text as network,
  floor(extract(epoch from q.at))::int8::text as at, q.provider_id as provider, q.gpu_model as "gpuModel", q.gpus,
  q.price::text as price, q.scale, q.value::text as value, q.unit, q.resource, q.token, t.decimals,
  t.usd ->> 'kind' as "usdKind", t.usd ->> 'usd' as "usdStatic", (t.usd #>> '{feed,heartbeatSeconds}')::int as "usdHeartbeat",
  valid.round_id is not null as "usdAnswered", valid.round_id::text as "usdRound", valid.answer::text as "usdAnswer",
  valid.updated_at::text as "usdUpdatedAt", valid.decimals as "usdDecimals"
from trade q
join network n on n.id = $1
left join token t on t.id = q.token
left join lateral (
  select f.round_id, f.answer, f.updated_at, f.decimals
  from feed_answer f
  where t.usd ->> 'kind' = 'feed' and f.chain_id = n.chain_id and f.feed = lower(t.usd #>> '{feed,proxy}')
    and f.updated_at <= floor(extract(epoch from q.at)) and f.time <= q.at and f.answer > 0
  order by f.updated_at desc, f.height desc, f.log_index desc limit 1
) as valid on true
where q.value is not null
