-- What `computeEconomyDay` makes the days of, $1 network, hours from $2 to before $3, whole days: series by day, a list each, of what
-- hours were summed to before (economy.sql), as far back as the longest window reaches. Stake is that of the end of each day. What
-- a provider was paid and a buyer spent comes in stretches of days within which no window of any of the days begins or ends, each
-- summed at its first day: the windows of one day are four stretches, however long they are.
with span as materialized (
  select n.id, n.chain_id, greatest($2::int / 24, born.day) as from_day, least(($3::int - 1) / 24, head.day) as to_day,
    born.day as born_day,
    (select metric_key from metric where id = 'economy.gmv') as gmv, (select metric_key from metric where id = 'economy.apr') as apr,
    (select metric_key from metric where id = 'economy.washGmv') as wash,
    (select metric_key from metric where id = 'economy.payouts') as payouts
  from network n join chain c on c.chain_id = n.chain_id
  cross join lateral (
    select floor(extract(epoch from min(d.time)) / 86400)::int as day from network_delta d where d.network_id = n.id
  ) as born
  cross join lateral (select floor(extract(epoch from c.block_time) / 86400)::int as day) as head
  where n.id = $1
),
-- First days of stretches: weeks, months and the two before them, and the days after those of the turn. They go along, and
-- `computeEconomyDay` holds its windows against them.
edge as materialized (
  select array_agg(distinct day - back order by day - back) as days
  from span cross join generate_series(span.from_day, span.to_day) as day
  cross join unnest(array[59, 29, 13, 6, -1]) as back
),
-- Each look-up stands by itself (offset 0), so that it goes by its index however many rows the planner expects of it.
of_network as (
  select m.part, d.day, d.num, d.den
  from span
  join metric_subject s on s.network_id = span.id and s.kind = 'network'
  cross join lateral (values ('gmv', span.gmv, 83), ('yield', span.apr, 29)) as m (part, metric_key, back)
  cross join lateral (
    select day, num, den from metric_day
    where subject_key = s.subject_key and metric_key = m.metric_key and day between span.from_day - m.back and span.to_day offset 0
  ) as d
),
of_provider as (
  select s.id as subject, json_agg(d.day order by d.day) as days, json_agg(d.num::text order by d.day) as amounts
  from span cross join edge
  join metric_subject s on s.network_id = span.id and s.kind = 'provider'
  cross join lateral (
    select edge.days[width_bucket(day, edge.days)] as day, sum(num) as num from metric_day
    where subject_key = s.subject_key and metric_key = span.payouts and day between span.from_day - 29 and span.to_day
    group by 1 offset 0
  ) as d
  group by s.id
),
of_buyer as (
  select s.id as subject, first.day as first_day, json_agg(d.day order by d.day) as days,
    json_agg(d.num::text order by d.day) as amounts
  from span cross join edge
  join metric_subject s on s.network_id = span.id and s.kind = 'buyer'
  cross join lateral (
    select edge.days[width_bucket(day, edge.days)] as day, sum(case when metric_key = span.wash then -num else num end) as num
    from metric_day
    where subject_key = s.subject_key and metric_key in (span.gmv, span.wash) and day between span.from_day - 59 and span.to_day
    group by 1 having sum(case when metric_key = span.wash then -num else num end) > 0 offset 0
  ) as d
  cross join lateral (
    select day from metric_day where subject_key = s.subject_key and metric_key = span.gmv order by day limit 1
  ) as first
  group by s.id, first.day
),
payer as (
  select d.day, s.id as buyer
  from span
  join metric_subject s on s.network_id = span.id and s.kind = 'buyer'
  cross join lateral (
    select day from metric_day
    where subject_key = s.subject_key and metric_key = span.gmv and day between span.from_day and span.to_day offset 0
  ) as d
),
bonded as (
  select c.provider_id, floor(date_part('epoch', c.time) / 86400)::int as day, sum(c.delta) as delta
  from span
  join stake_change c on c.network_id = span.id and c.time >= to_timestamp(span.from_day::bigint * 86400)
  where c.provider_id is not null
  group by 1, 2
),
given as (
  select 'edge' as part, null as subject, null as base, to_json(days) as days, to_json(array_fill('0'::text, array[cardinality(days)])) as amounts,
    null as others
  from edge where days is not null
  union all
  select part, null, null, json_agg(day order by day), json_agg(num::text order by day),
    case part when 'yield' then json_agg(den::text order by day) end
  from of_network group by part
  union all
  select 'pay', subject, null, days, amounts, null from of_provider
  union all
  select 'buyer', subject, first_day::text, days, amounts, null from of_buyer
  union all
  select 'stake', p.id, (p.stake - coalesce(sum(b.delta), 0))::text,
    coalesce(json_agg(b.day order by b.day) filter (where b.day is not null), '[]'),
    coalesce(json_agg(b.delta::text order by b.day) filter (where b.day is not null), '[]'), null
  from span join provider p on p.network_id = span.id left join bonded b on b.provider_id = p.id
  group by p.id, p.stake having p.stake <> 0 or count(b.day) > 0
  union all
  select 'active', null, null, json_agg(day order by day), json_agg(buyers::text order by day), null
  from (
    select day, count(*) as buyers from (
      select floor(date_part('epoch', j.time) / 86400)::int as day, span.id || ':' || j.buyer as buyer
      from span join job j on j.network_id = $1
      where j.time >= to_timestamp($2::bigint * 3600) and j.time < to_timestamp($3::bigint * 3600)
        and j.time >= to_timestamp(span.from_day::bigint * 86400)
        and j.time < to_timestamp((span.to_day + 1)::bigint * 86400) and j.buyer is not null
      union
      select day, buyer from payer
    ) as seen group by day
  ) as counted having count(*) > 0
)
select g.part, $1::text as network, span.from_day, span.to_day, span.born_day, g.subject, o.operator_id as operator, g.base, g.days,
  g.amounts, g.others
from span cross join given g
left join operator_member o on o.provider_id = g.subject
where span.from_day <= span.to_day
