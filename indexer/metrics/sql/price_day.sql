-- $1 network, hours from $2 up to $3, whole days. What prices of a day are made of (`computePriceDay`), one row each: a `trade`, an
-- `ask` or a `bid` with the worth of its token, the record of `success` of the last thirty days, and prices of `earlier` days.
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
,
-- Each day's state is that at its end, or at the head.
day as (
  select d.day, d.day * 24 as hour, moment.before, n.chain_id, b.height
  from network n
  join chain c on c.chain_id = n.chain_id
  cross join generate_series($2::int / 24, ($3::int - 1) / 24) as d (day)
  cross join lateral (
    select least(to_timestamp((d.day + 1)::int8 * 86400), c.block_time + interval '1 second') as before
  ) as moment
  left join lateral (
    select b.height from block b where b.chain_id = n.chain_id and b.time < moment.before
    order by b.time desc, b.height desc limit 1
  ) as b on true
  where n.id = $1 and to_timestamp(d.day::int8 * 86400) <= c.block_time
),
-- On chain an ask holds until the next one for the same thing.
announced as (
  select p.provider_id, p.node_id, p.resource, p.unit, p.token, p.amount, p.scale, p.time,
    lead(p.time) over (
      partition by p.provider_id, p.node_id, p.resource, p.unit order by p.height, p.log_index, p.part
    ) as until
  from price p
  where p.network_id = $1 and p.basis = 'advertised' and p.time < to_timestamp($3::int8 * 3600)
),
-- Jobs that may have been at work, as supply.sql finds them: nearly all end within a day, the others have an index of their own.
job_at_work as (
  select id, deadline
  from job
  where network_id = $1 and time >= to_timestamp($2::int8 * 3600) - interval '1 day' and time < to_timestamp($3::int8 * 3600)
    and ended_time >= to_timestamp($2::int8 * 3600) and ended_time - time <= interval '1 day'
  union all
  select id, deadline
  from job
  where network_id = $1 and ended_time - time > interval '1 day' and ended_time >= to_timestamp($2::int8 * 3600)
    and time < to_timestamp($3::int8 * 3600)
  union all
  select id, deadline
  from job
  where network_id = $1 and status in ('open', 'running') and ended_time is null
    and time < to_timestamp($3::int8 * 3600)
),
-- A machine is busy while a task was given to it, to nobody else since, and neither ended nor ran out of time. Steps say so, as of
-- any day; what has become of the job since does not.
busy as (
  select distinct d.day || ' ' || s.node_id as key
  from job_at_work j
  cross join lateral (
    select s.node_id, s.kind, s.time, lead(s.time) over (partition by s.task_id order by s.height, s.log_index, s.part) as until
    from job_step s
    where s.job_id = j.id and s.task_id is not null and s.kind in ('attempted', 'completed', 'failed')
    offset 0
  ) as s
  join day d on s.time < d.before and coalesce(least(s.until, j.deadline), 'infinity') >= d.before
  where s.kind = 'attempted' and s.node_id is not null
),
-- One key each for a day and a machine, or a provider: joins by two columns of which the first is a day are planned badly.
ask as (
  select d.day, d.hour, d.before, a.provider_id, a.node_id, v.gpu_model, v.gpu_count as gpus, a.amount, a.scale, a.unit, a.resource, a.token
  from day d
  join announced a on a.time < d.before and coalesce(a.until, 'infinity') >= d.before
  left join node_version v on v.node_id = a.node_id and v.height_from <= d.height
    and (v.height_to is null or v.height_to > d.height)
  where v.active is not false
  union all
  (
    select distinct on (d.day, r.thing) d.day, d.hour, d.before, r.provider_id, r.node_id, r.attributes ->> 'gpuModel',
      case when r.attributes ->> 'gpuCount' ~ '^[1-9][0-9]{0,5}$' then (r.attributes ->> 'gpuCount')::int end,
      r.amount, r.scale, r.unit, r.resource, r.token
    from day d
    join price_reading r on r.network_id = $1 and r.basis = 'advertised' and r.first_seen < d.before
      and r.valid_until >= d.before
    order by d.day, r.thing, r.last_seen desc, r.amount
  )
),
bid as (
  select d.hour, d.before, p.provider_id, null as gpu_model, null::int as gpus, p.amount, p.scale, p.unit, p.resource, p.token
  from day d
  join price p on p.network_id = $1 and p.basis = 'bid' and p.time >= to_timestamp(d.day::int8 * 86400)
    and p.time < d.before
  union all
  (
    select distinct on (d.day, r.thing) d.hour, d.before, r.provider_id, r.attributes ->> 'gpuModel',
      case when r.attributes ->> 'gpuCount' ~ '^[1-9][0-9]{0,5}$' then (r.attributes ->> 'gpuCount')::int end,
      r.amount, r.scale, r.unit, r.resource, r.token
    from day d
    join price_reading r on r.network_id = $1 and r.basis = 'bid' and r.first_seen < d.before
      and r.valid_until >= d.before
    order by d.day, r.thing, r.last_seen desc, r.amount
  )
),
-- The last hour that is judged, not further back than three.
heard as (
  select distinct on (d.day, n.node_key) d.day || ' ' || h.node_id as key, n.up, n.known, n.expected
  from day d
  join heartbeat_node h on h.network_id = $1
  join node_verdict n on n.node_key = h.node_key
    and n.hour between floor(extract(epoch from d.before) / 3600)::int - 3 and ceil(extract(epoch from d.before) / 3600)::int - 1
  order by d.day, n.node_key, n.hour desc
),
owner as (
  select d.hour || ' ' || v.provider_id as key, v.owner, v.active
  from day d
  join provider p on p.network_id = $1
  join provider_version v on v.provider_id = p.id and v.height_from <= d.height
    and (v.height_to is null or v.height_to > d.height)
),
quote as (
  select 'trade' as part, d.hour, t.at, t.provider_id, t.buyer, r.reason as removed, t.gpu_model, t.gpus,
    t.price, t.scale, t.value, t.unit, t.resource, t.token, false as busy, null::int8 as up, null::int8 as known,
    null::int8 as expected
  from trade t
  join day d on d.day = floor(extract(epoch from t.at) / 86400)::int
  left join removed_pair r on r.network_id = $1 and r.day = d.day and r.buyer = t.buyer
    and r.provider_id = t.provider_id and r.reason <> 'noHistory'
  union all
  select 'ask', a.hour, a.before - interval '1 second', a.provider_id, null, null, a.gpu_model, a.gpus, a.amount, a.scale,
    null, a.unit, a.resource, a.token, b.key is not null, h.up, h.known, h.expected
  from ask a
  left join busy b on b.key = a.day || ' ' || a.node_id
  left join heard h on h.key = a.day || ' ' || a.node_id
  left join owner o on o.key = a.hour || ' ' || a.provider_id
  where o.active is not false
  union all
  select 'bid', b.hour, b.before - interval '1 second', b.provider_id, null, null, b.gpu_model, b.gpus, b.amount, b.scale,
    null, b.unit, b.resource, b.token, false, null, null, null
  from bid b
),
-- What feeds said a token was worth at each moment: a trade's own, or the day's last.
moment as (
  select distinct q.at, q.token from quote q join token t on t.id = q.token and t.usd ->> 'kind' = 'feed'
),
worth as (
  select m.at, m.token, said.answered, valid.round_id, valid.answer, valid.updated_at, valid.decimals as answer_decimals
  from moment m
  join token t on t.id = m.token
  join network n on n.id = $1
  left join lateral (
    select exists (
      select from feed_answer f
      where f.chain_id = n.chain_id and f.feed = lower(t.usd #>> '{feed,proxy}')
        and f.updated_at <= floor(extract(epoch from m.at)) and f.time <= m.at
    ) as answered
  ) as said on true
  left join lateral (
    select f.round_id, f.answer, f.updated_at, f.decimals
    from feed_answer f
    where f.chain_id = n.chain_id and f.feed = lower(t.usd #>> '{feed,proxy}')
      and f.updated_at <= floor(extract(epoch from m.at)) and f.time <= m.at and f.answer > 0
    order by f.updated_at desc, f.height desc, f.log_index desc limit 1
  ) as valid on true
),
-- Whose record goes into a cost: providers with a price on the day, and classes of hardware, which are few.
recorded as (
  select d.day, d.hour, s.subject_key, s.kind, s.id
  from (select distinct hour, provider_id from quote where part <> 'bid') as q
  join day d on d.hour = q.hour
  join metric_subject s on s.network_id = $1 and s.kind = 'provider' and s.id = q.provider_id
  union all
  select d.day, d.hour, s.subject_key, s.kind, s.id
  from day d join metric_subject s on s.network_id = $1 and s.kind = 'hardware'
)
select q.part, q.hour, $1::text as network, floor(extract(epoch from q.at))::int8::text as at, q.provider_id as provider, q.buyer,
  coalesce(o.owner, q.provider_id) as party, q.removed, q.gpu_model as "gpuModel", q.gpus, q.price::text as price, q.scale,
  q.value::text as value, q.unit, q.resource, q.token, t.decimals, t.usd ->> 'kind' as "usdKind",
  t.usd ->> 'usd' as "usdStatic", (t.usd #>> '{feed,heartbeatSeconds}')::int as "usdHeartbeat", w.answered as "usdAnswered",
  w.round_id::text as "usdRound", w.answer::text as "usdAnswer", w.updated_at::text as "usdUpdatedAt",
  w.answer_decimals as "usdDecimals", q.busy, q.up::text as up, q.known::text as known, q.expected::text as expected,
  null as metric, null as class, null as num, null as den, null::jsonb as detail
from quote q
left join token t on t.id = q.token
left join worth w on w.at = q.at and w.token = q.token
left join owner o on o.key = q.hour || ' ' || q.provider_id
union all
select 'success', r.hour, $1::text, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
  null, null, null, null, null, null, null, null, null, null, r.kind, r.id, m.num::text, m.den::text,
  machines.detail
from recorded r
join metric k on k.id = 'jobs.success'
cross join lateral (
  select sum(m.num) as num, sum(m.den) as den
  from metric_day m
  where m.subject_key = r.subject_key and m.metric_key = k.metric_key and m.day between r.day - 29 and r.day
) as m
-- How its machines were there on the day, and not before: what heartbeats tell changes its own day alone.
left join lateral (
  select jsonb_object_agg(h.id, u.num::text) as detail
  from metric h
  join metric_day u on u.subject_key = r.subject_key and u.metric_key = h.metric_key and u.day = r.day
  where h.id in ('reliability.uptime', 'reliability.downSlots', 'reliability.outages', 'reliability.repairs')
) as machines on r.kind = 'hardware'
where m.den is not null
union all
select 'earlier', m.day * 24, $1::text, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
  null, null, null, null, null, null, null, null, null, null, k.id, s.id, m.num::text, null, m.detail
from metric k
join metric_subject s on s.network_id = $1 and s.kind in ('network', 'hardware')
join metric_day m on m.subject_key = s.subject_key and m.metric_key = k.metric_key
  and m.day between $2::int / 24 - 7 and $2::int / 24 - 1
where (k.id, s.kind) in (('price.settledIndex', 'hardware'), ('price.fisher', 'network')) and m.num is not null
