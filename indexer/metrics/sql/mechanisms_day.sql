-- What `computeMechanismsDay` makes the days of: $1 network, hours from $2 to before $3, whole days. One row for each day, part and
-- what it is about: where capacity is and what it earned, what was down at once, and how long it took to be paid.
with span as materialized (
  select n.id as network_id, n.chain_id, c.block_time,
    greatest($2::int / 24, floor(extract(epoch from born.time) / 86400)::int) as from_day,
    least(($3::int - 1) / 24, floor(extract(epoch from c.block_time) / 86400)::int) as to_day,
    floor(extract(epoch from born.time) / 86400)::int as born_day
  from network n join chain c on c.chain_id = n.chain_id
  cross join lateral (select min(d.time) as time from network_delta d where d.network_id = n.id) as born
  where n.id = $1
), day as materialized (
  select day, to_timestamp(day::bigint * 86400) as from_time, to_timestamp((day + 1)::bigint * 86400) as to_time, moment.before,
    span.chain_id, b.height
  from span cross join generate_series(span.from_day, span.to_day) as day
  cross join lateral (
    select least(to_timestamp((day + 1)::bigint * 86400), span.block_time + interval '1 second') as before
  ) as moment
  left join lateral (
    select b.height from block b where b.chain_id = span.chain_id and b.time < moment.before order by b.time desc, b.height desc
    limit 1
  ) as b on true
), machine as materialized (
  -- As of the day's end: what is registered then.
  -- Who stands alone bears the name that it is given as an operator: whether its row is made yet tells nothing of the day.
  -- A day and a key in one number: joins by two columns of which the first is a day are planned badly.
  select day.day, day.day::bigint << 32 | k.node_key as key,
    coalesce(o.operator_id, $1 || ':operator:' || substr(v.provider_id, length($1) + 2)) as operator,
    nullif(v.region, '') as region, nullif(coalesce(nullif(v.uri, ''), p.uri), '') as uri,
    greatest(coalesce(v.gpu_count, 1), 1) as gpus
  from day
  join node n on n.network_id = $1
  join node_version v on v.node_id = n.id and v.height_from <= day.height and (v.height_to is null or v.height_to > day.height)
  left join heartbeat_node k on k.node_id = v.node_id and k.network_id = $1
  left join operator_member o on o.provider_id = v.provider_id
  left join provider_version p on p.provider_id = v.provider_id and p.height_from <= day.height
    and (p.height_to is null or p.height_to > day.height)
  where v.active is not false
), place as materialized (
  -- Numbers, as there are many outages: by words they are sorted several times as long.
  select part, name, row_number() over () as number
  from (
    select distinct 'downRegion' as part, region as name from machine where region is not null
    union all
    select distinct 'downOperator', operator from machine where operator is not null
  ) as named
), outage_at as (
  -- Slots of the day from which on, and before which, a machine was down, of each that is down on the day.
  select d.day, d.day::bigint << 32 | o.node_key as key, greatest(o.from_slot, d.day * 1440) as from_slot,
    least(o.last_slot + 1, (d.day + 1) * 1440) as to_slot
  from outage o
  -- Lets an index find them: outages are kept for ever.
  cross join lateral generate_series(
    greatest(o.from_slot / 1440, $2::int / 24), least(o.last_slot / 1440, ($3::int - 1) / 24)) as d (day)
  where o.last_slot >= $2::int * 60 and o.from_slot < $3::int * 60
), change as (
  select o.day, p.number, edge.slot, edge.sign * m.gpus as gpus
  from outage_at o
  join (
    select m.key, m.gpus, r.number as region_number, w.number as operator_number
    from machine m
    left join place r on r.part = 'downRegion' and r.name = m.region
    left join place w on w.part = 'downOperator' and w.name = m.operator
    where m.key is not null
  ) as m on m.key = o.key
  cross join lateral (values (m.region_number), (m.operator_number)) as p (number)
  cross join lateral (values (o.from_slot, 1), (o.to_slot, -1)) as edge (slot, sign)
  where p.number is not null
), down as (
  select l.day, p.part, p.name, l.gpus
  from (
    select day, number, max(gpus) as gpus
    from (select day, number, sum(gpus) over (partition by day, number order by slot) as gpus from change) as level
    group by day, number
  ) as l
  join place p on p.number = l.number
), pay as materialized (
  select floor(extract(epoch from p.time) / 86400)::int as day, p.task_id, p.height, p.log_index, p.time, p.amount
  from payout p
  where p.network_id = $1 and p.time >= to_timestamp($2::bigint * 3600) and p.time < to_timestamp($3::bigint * 3600)
    and p.for_work and p.task_id is not null
), settled as (
  select p.day, p.amount, nullif(v.region, '') as region
  from pay p
  cross join lateral (
    select a.node_id from attempt a
    where a.task_id = p.task_id and a.node_id is not null and (a.height, a.log_index) <= (p.height, p.log_index)
    order by a.height desc, a.log_index desc, a.part desc limit 1
  ) as a
  join node_version v on v.node_id = a.node_id and v.height_from <= p.height and (v.height_to is null or v.height_to > p.height)
), waited as (
  select p.day, extract(epoch from p.time)::bigint - extract(epoch from v.time)::bigint as seconds
  from pay p
  cross join lateral (
    select v.time from verification v
    where v.task_id = p.task_id and v.result in ('accepted', 'reached', 'revealed')
      and (v.height, v.log_index) <= (p.height, p.log_index)
    order by v.height desc, v.log_index desc, v.part desc limit 1
  ) as v
), newcomer as (
  -- Those who joined in the ninety days up to this one, and how long it took them to be paid, or has taken them so far.
  select day.day, extract(epoch from p.time)::bigint as joined, paid.at,
    floor(extract(epoch from day.before - interval '1 second'))::bigint as seen
  from day
  join provider p on p.network_id = $1 and p.time < day.before and p.time >= day.to_time - interval '90 days'
  left join lateral (
    select extract(epoch from x.time)::bigint as at from payout x
    where x.provider_id = p.id and x.for_work order by x.height, x.log_index limit 1
  ) as paid on true
)
select 'region' as part, $1::text as network, day, region as name, sum(gpus)::text as amount, count(*) as n
from machine where region is not null group by day, region
union all
select 'operator', $1, day, operator, sum(gpus)::text, count(*) from machine where operator is not null group by day, operator
union all
select 'uri', $1, day, uri, sum(gpus)::text, count(*) from machine where uri is not null group by day, uri
union all
select 'all', $1, day, null, sum(gpus)::text, count(*) from machine group by day
union all
select part, $1, day, name, gpus::text, 1 from down where gpus > 0
union all
select 'value', $1, day, region, sum(amount)::text, count(*) from settled where region is not null group by day, region
union all
select 'wait', $1, day, null, percentile_disc(0.5) within group (order by seconds)::text, count(*) from waited group by day
union all
select case when at is null or at > seen then 'unpaid' else 'paid' end, $1, day, null,
  (case when at is null or at > seen then seen else at end - joined)::text, 1
from newcomer
