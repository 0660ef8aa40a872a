-- $1 network, $2 the hour that windows end with, $3 the one that the stored ones end with, $4 windows of how many days, and all
-- shorter ones, are summed whole. The others are carried on: of them this gives what changes, where anything does.
--
-- Whole: slots of whole days, and of the days at both ends the hours that are lacking are added or those that are too many taken
-- off, whichever are fewer. Carried on: the hours that came in at the end, and those that went at the beginning. Where hours were judged
-- again, which all lie in the longest of the whole ones, what came in is how much that one has gained and lost.
with span as (
  select days, $2::int - 24 * days as from_hour, ($2::int - 24 * days + 11) / 24 as from_day, $3::int - 24 * days as left_hour
  from unnest(array[1, 7, 30, 90]) as days
), whole as (
  select * from span where days <= $4::int
), day as (
  -- Of the narrowest window that holds the day.
  select d.node_key, case when d.day >= ($2::int - 24 + 11) / 24 then 1 when d.day >= ($2::int - 168 + 11) / 24 then 7
      when d.day >= ($2::int - 720 + 11) / 24 then 30 else 90 end as days,
    sum(d.up) as up, sum(d.known) as known, sum(d.expected) as expected, sum(d.maintenance) as maintenance,
    sum(d.maintenance_up) as maintenance_up
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
  where $4::int > 0 and d.day >= ($2::int - 24 * $4::int + 11) / 24 and d.day <= ($2::int - 1) / 24
  group by 1, 2
), edge as (
  select days, generate_series(from_hour, from_day * 24 - 1) as hour, 1 as sign from whole
  union all
  select days, generate_series(from_day * 24, from_hour - 1), -1 from whole
  union all
  -- Hours of the last day that are judged by now, and lie behind the end.
  select 0, generate_series($2::int, ($2::int + 23) / 24 * 24 - 1), -1 where $4::int > 0
), shift as (
  -- Of all windows that are carried on: 0 days.
  select 0 as days, generate_series($3::int, $2::int - 1) as hour, 1 as sign where $4::int = 0
  union all
  select 0, generate_series($2::int, $3::int - 1), -1 where $4::int = 0
  union all
  select case when days = $4::int then 0 else days end, generate_series(least(left_hour, from_hour), greatest(left_hour, from_hour) - 1),
    case when days = $4::int then 1 else -1 end * sign(from_hour - left_hour)::int
  from span where days >= $4::int and $4::int < 90
), place as (
  select days, hour, sign, false as is_change from edge union all select days, hour, sign, true from shift
), verdict as (
  select v.node_key, p.days, p.is_change, sum(p.sign * bit_count(v.up::bit(64)))::int as up,
    sum(p.sign * bit_count(v.known::bit(64)))::int as known, sum(p.sign * bit_count(v.expected::bit(64)))::int as expected,
    coalesce(sum(p.sign * bit_count((v.known & v.maintenance)::bit(64))), 0)::int as maintenance,
    coalesce(sum(p.sign * bit_count((v.up & v.maintenance)::bit(64))), 0)::int as maintenance_up
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  join place p on p.hour = v.hour
  where v.hour = any (array(select hour from place))
  group by 1, 2, 3
), summed as materialized (
  select node_key, days, sum(up)::int as up, sum(known)::int as known, sum(expected)::int as expected,
    sum(maintenance)::int as maintenance, sum(maintenance_up)::int as maintenance_up
  from (
    select d.node_key, s.days, d.up, d.known, d.expected, d.maintenance, d.maintenance_up
    from day d join whole s on s.days >= d.days
    union all
    select v.node_key, s.days, v.up, v.known, v.expected, v.maintenance, v.maintenance_up
    from verdict v join whole s on s.days = v.days or v.days = 0
    where not v.is_change
  ) as part
  group by node_key, days
), gained as (
  select node_key, days, sum(up)::int as up, sum(known)::int as known, sum(expected)::int as expected,
    sum(maintenance)::int as maintenance, sum(maintenance_up)::int as maintenance_up
  from (
    select node_key, days, up, known, expected, maintenance, maintenance_up from verdict where is_change
    union all
    select node_key, 0, up, known, expected, maintenance, maintenance_up from summed where days = $4::int and $4::int < 90
    union all
    select n.node_key, 0, -w.up, -w.known, -w.expected, -w.maintenance, -w.maintenance_up
    from uptime_window w
    join metric_subject k on k.subject_key = w.subject_key and k.kind = 'node' and k.network_id = $1
    join heartbeat_node n on n.node_id = k.id
    where w.days = $4::int and $4::int < 90
  ) as part
  group by node_key, days
  having sum(up) <> 0 or sum(known) <> 0 or sum(expected) <> 0 or sum(maintenance) <> 0 or sum(maintenance_up) <> 0
)
insert into window_slots
select node_key, days, false, up, known, expected, maintenance, maintenance_up from summed where expected > 0
union all
select g.node_key, s.days, true, sum(g.up), sum(g.known), sum(g.expected), sum(g.maintenance), sum(g.maintenance_up)
from gained g
join span s on s.days > $4::int and (s.days = g.days or g.days = 0)
group by g.node_key, s.days
having sum(g.up) <> 0 or sum(g.known) <> 0 or sum(g.expected) <> 0 or sum(g.maintenance) <> 0 or sum(g.maintenance_up) <> 0
