-- $1 network, $2 the hour that windows end with, $3 windows of how many days, and all shorter ones. Slots of those, of whole days; of
-- the days at both ends the hours that are lacking are added or those that are too many taken off, whichever are fewer.
with span as (
  select days, $2::int - 24 * days as from_hour, ($2::int - 24 * days + 11) / 24 as from_day
  from unnest(array[1, 7, 30, 90]) as days where days <= $3::int
), day as (
  -- Of the narrowest window that holds the day.
  select d.node_key, case when d.day >= ($2::int - 24 + 11) / 24 then 1 when d.day >= ($2::int - 168 + 11) / 24 then 7
      when d.day >= ($2::int - 720 + 11) / 24 then 30 else 90 end as days,
    sum(d.up) as up, sum(d.known) as known, sum(d.expected) as expected, sum(d.maintenance) as maintenance,
    sum(d.maintenance_up) as maintenance_up
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
  where d.day >= ($2::int - 24 * $3::int + 11) / 24 and d.day <= ($2::int - 1) / 24
  group by 1, 2
), edge as (
  select days, generate_series(from_hour, from_day * 24 - 1) as hour, 1 as sign from span
  union all
  select days, generate_series(from_day * 24, from_hour - 1), -1 from span
  union all
  -- Of all of them, hours of the last day that are judged by now, and lie behind the end.
  select 0, generate_series($2::int, ($2::int + 23) / 24 * 24 - 1), -1
), rest as (
  select v.node_key, e.days, sum(e.sign * bit_count(v.up::bit(64))) as up, sum(e.sign * bit_count(v.known::bit(64))) as known,
    sum(e.sign * bit_count(v.expected::bit(64))) as expected,
    coalesce(sum(e.sign * bit_count((v.known & v.maintenance)::bit(64))), 0) as maintenance,
    coalesce(sum(e.sign * bit_count((v.up & v.maintenance)::bit(64))), 0) as maintenance_up
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  join edge e on e.hour = v.hour
  where v.hour = any (array(select hour from edge))
  group by 1, 2
)
insert into window_slots
select node_key, days, false, sum(up), sum(known), sum(expected), sum(maintenance), sum(maintenance_up)
from (
  select d.node_key, s.days, d.up, d.known, d.expected, d.maintenance, d.maintenance_up
  from day d join span s on s.days >= d.days
  union all
  select r.node_key, s.days, r.up, r.known, r.expected, r.maintenance, r.maintenance_up
  from rest r join span s on s.days = r.days or r.days = 0
) as part
group by node_key, days
having sum(expected) > 0
