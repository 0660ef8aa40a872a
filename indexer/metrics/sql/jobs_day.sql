-- $1 network, hours from $2 up to $3, whole days. Two parts (`computeJobsDay`): `value`, sums of what the tasks that were decided
-- are worth in USD; and `samples`, by provider and class of hardware, how long tasks took in seconds, as lists in no order.
with standing as materialized (
  select o.job_id, o.provider_id, o.hardware, o.kind, o.known_from, o.assigned_time, o.started_time, o.deadline, o.price, o.price_scale,
    o.paid + o.fee as paid, floor(date_part('epoch', o.known_from) / 86400)::int as day
  from task_outcome o
  where o.network_id = $1 and o.known_to is null and o.provider_id is not null
    and o.known_from >= to_timestamp($2::int8 * 3600) and o.known_from < to_timestamp($3::int8 * 3600)
),
coin as materialized (
  select t.id, n.chain_id, t.decimals, ('1e-' || t.decimals)::numeric as unit, t.usd ->> 'kind' as kind, (t.usd ->> 'usd')::numeric as rate,
    lower(t.usd #>> '{feed,proxy}') as feed, (t.usd #>> '{feed,heartbeatSeconds}')::int + 3600 as max_age
  from network n join token t on t.id = n.work_token
  where n.id = $1
),
-- What was agreed on for the whole task, where price and quantity are; else what was paid, which a failure seldom is.
priced as (
  select s.day, s.provider_id, s.hardware, s.known_from, s.kind in ('completed', 'disputeWon') as is_good,
    case
      when coalesce(j.price_token, c.id) is distinct from c.id then s.paid
      when s.price is not null and j.price_unit = 'task' then s.price * scale.factor
      when s.price is not null and j.price_unit = 'hour' and j.attributes ->> 'gpuSecondsPerTask' ~ '^[0-9]{1,18}$'
        then s.price * scale.factor * (j.attributes ->> 'gpuSecondsPerTask')::numeric / 3600
      else s.paid
    end as amount
  from standing s
  join job j on j.id = s.job_id
  cross join coin c
  -- To the token's decimals.
  cross join lateral (
    select case when coalesce(s.price_scale, c.decimals) = c.decimals then 1 else ('1e' || c.decimals - s.price_scale)::numeric end as factor
  ) as scale
  where s.kind in ('completed', 'disputeWon', 'failed', 'timedOut', 'rejected', 'disputeLost', 'slashed')
),
worth as (
  select p.day, p.provider_id, p.hardware, p.is_good,
    p.amount * c.unit * case c.kind
      when 'static' then c.rate
      when 'feed' then (
        select case when extract(epoch from p.known_from) - f.updated_at <= c.max_age then f.answer * ('1e-' || f.decimals)::numeric end
        from feed_answer f
        where f.chain_id = c.chain_id and f.feed = c.feed and f.answer > 0
          and f.updated_at <= floor(extract(epoch from p.known_from)) and f.time <= p.known_from
        order by f.updated_at desc, f.height desc, f.log_index desc limit 1
      )
    end as usd
  from priced p cross join coin c
),
summed as (
  select day, provider_id, hardware, count(*) as n, sum(usd) filter (where is_good) as good, sum(usd) as decided,
    sum(least(usd, 200)) filter (where is_good) as good_capped, sum(least(usd, 200)) as decided_capped
  from worth where usd is not null
  group by day, provider_id, hardware
)
select 'value' as part, day * 24 as hour,
  case when grouping(provider_id) = 0 then 'provider' when grouping(hardware) = 0 then 'hardware' else 'network' end as kind,
  case when grouping(provider_id) = 0 then provider_id when grouping(hardware) = 0 then $1 || ':gpu:' || hardware else $1 end
    as subject,
  $1 as network, null as provider, null as hardware, sum(n)::int as n,
  -- Half of a GPU-hour has no end in decimals: what is stored does.
  coalesce(round(sum(good), 18), 0)::text as good, round(sum(decided), 18)::text as decided,
  coalesce(round(sum(good_capped), 18), 0)::text as "goodCapped", round(sum(decided_capped), 18)::text as "decidedCapped",
  null::json as starts, null::json as ends, null::json as ratios
from summed
group by grouping sets ((day), (day, provider_id), (day, hardware))
having sum(decided) > 0
union all
select 'samples', day * 24, null, null, $1, provider_id, hardware, count(*)::int, null, null, null, null,
  json_agg(date_part('epoch', started_time - assigned_time)) filter (where started_time >= assigned_time),
  json_agg(date_part('epoch', known_from - assigned_time)) filter (where kind = 'completed' and assigned_time is not null),
  -- Of zero to something, or something to zero, there is no ratio.
  json_agg(date_part('epoch', known_from - assigned_time) / date_part('epoch', deadline - assigned_time))
    filter (where kind = 'completed' and deadline > assigned_time and known_from > assigned_time)
from standing
group by day, provider_id, hardware
