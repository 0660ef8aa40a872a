-- What `computeEconomyDay` makes the days of, $1 network, hours from $2 to before $3, whole days: series by day, an array each, of what
-- hours were summed to before (economy.sql), as far back as the longest window reaches. Stake is that of the end of each day.
with span as materialized (
  select n.id, n.chain_id, greatest($2::int / 24, born.day) as from_day, least(($3::int - 1) / 24, head.day) as to_day,
    born.day as born_day
  from network n join chain c on c.chain_id = n.chain_id
  cross join lateral (
    select floor(extract(epoch from min(d.time)) / 86400)::int as day from network_delta d where d.network_id = n.id
  ) as born
  cross join lateral (select floor(extract(epoch from c.block_time) / 86400)::int as day) as head
  where n.id = $1
), summed as (
  select m.id as metric, s.kind, s.id as subject, s.subject_key, d.day, d.num, d.den
  from span
  join metric_subject s on s.network_id = span.id and s.kind in ('network', 'provider', 'buyer')
  join metric m on m.id in ('economy.gmv', 'economy.washGmv', 'economy.payouts', 'economy.apr')
  join metric_day d on d.subject_key = s.subject_key and d.metric_key = m.metric_key
    and d.day between span.from_day - 83 and span.to_day
), spent as (
  select subject, subject_key, day, sum(case metric when 'economy.gmv' then num else -num end) as num
  from summed where kind = 'buyer' and metric in ('economy.gmv', 'economy.washGmv')
  group by subject, subject_key, day
), bonded as (
  select c.provider_id, floor(extract(epoch from c.time) / 86400)::int as day, sum(c.delta) as delta
  from span
  join stake_change c on c.network_id = span.id and c.time >= to_timestamp(span.from_day::bigint * 86400)
  where c.provider_id is not null
  group by 1, 2
), given as (
  select 'gmv' as part, null as subject, null as base, array_agg(day order by day) as days, array_agg(num::text order by day) as amounts,
    null::text[] as others
  from summed where kind = 'network' and metric = 'economy.gmv' having count(*) > 0
  union all
  select 'yield', null, null, array_agg(day order by day), array_agg(num::text order by day), array_agg(den::text order by day)
  from summed where kind = 'network' and metric = 'economy.apr' having count(*) > 0
  union all
  select 'pay', subject, null, array_agg(day order by day), array_agg(num::text order by day), null
  from summed where kind = 'provider' and metric = 'economy.payouts' group by subject
  union all
  select 'buyer', s.subject, first.day::text, array_agg(s.day order by s.day), array_agg(s.num::text order by s.day), null
  from spent s
  cross join lateral (
    select min(d.day) as day from metric_day d join metric m on m.metric_key = d.metric_key
    where d.subject_key = s.subject_key and m.id = 'economy.gmv'
  ) as first
  where s.num > 0
  group by s.subject, first.day
  union all
  select 'stake', p.id, (p.stake - coalesce(sum(b.delta), 0))::text,
    coalesce(array_agg(b.day order by b.day) filter (where b.day is not null), '{}'),
    coalesce(array_agg(b.delta::text order by b.day) filter (where b.day is not null), '{}'), null
  from span join provider p on p.network_id = span.id left join bonded b on b.provider_id = p.id
  group by p.id, p.stake having p.stake <> 0 or count(b.day) > 0
  union all
  select 'active', null, null, array_agg(day order by day), array_agg(buyers::text order by day), null
  from (
    select day, count(distinct buyer) as buyers from (
      select floor(extract(epoch from j.time) / 86400)::int as day, span.id || ':' || j.buyer as buyer
      from span join job j on j.network_id = span.id
      where j.time >= to_timestamp(span.from_day::bigint * 86400)
        and j.time < to_timestamp((span.to_day + 1)::bigint * 86400) and j.buyer is not null
      union all
      select day, subject from summed cross join span
      where kind = 'buyer' and metric = 'economy.gmv' and day >= span.from_day
    ) as seen group by day
  ) as counted having count(*) > 0
)
select g.part, $1::text as network, span.from_day, span.to_day, span.born_day, g.subject, o.operator_id as operator, g.base, g.days,
  g.amounts, g.others
from span cross join given g
left join operator_member o on o.provider_id = g.subject
where span.from_day <= span.to_day
