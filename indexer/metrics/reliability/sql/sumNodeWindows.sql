-- $1 network, $2 the hour that windows end with. The slots of every node in windows of 1, 7, 30 and 90 days: those of whole days,
-- and of the days at both ends the hours that are lacking are added or those that are too many taken off, whichever are fewer.
with span as (
  select days, $2::int - 24 * days as from_hour, ($2::int - 24 * days + 11) / 24 as from_day
  from unnest(array[1, 7, 30, 90]) as days
), day as (
  -- Of the narrowest window that holds the day.
  select d.node_key, case when d.day >= ($2::int - 24 + 11) / 24 then 1 when d.day >= ($2::int - 168 + 11) / 24 then 7
      when d.day >= ($2::int - 720 + 11) / 24 then 30 else 90 end as days,
    sum(d.up)::int as up, sum(d.known)::int as known, sum(d.expected)::int as expected,
    sum(d.maintenance)::int as maintenance, sum(d.maintenance_up)::int as maintenance_up
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
  where d.day >= ($2::int - 2160 + 11) / 24 and d.day <= ($2::int - 1) / 24
  group by 1, 2
), edge as (
  select days, generate_series(from_hour, from_day * 24 - 1) as hour, 1 as sign from span
  union all
  select days, generate_series(from_day * 24, from_hour - 1), -1 from span
  union all
  -- Hours of the last day that are judged by now, and lie behind the end.
  select days, generate_series($2::int, ($2::int + 23) / 24 * 24 - 1), -1 from span where days = 1
), rest as (
  select v.node_key, e.days, e.hour >= $2::int as of_all,
    sum(e.sign * bit_count(v.up::bit(64)))::int as up, sum(e.sign * bit_count(v.known::bit(64)))::int as known,
    sum(e.sign * bit_count(v.expected::bit(64)))::int as expected,
    coalesce(sum(e.sign * bit_count((v.known & v.maintenance)::bit(64))), 0)::int as maintenance,
    coalesce(sum(e.sign * bit_count((v.up & v.maintenance)::bit(64))), 0)::int as maintenance_up
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  join edge e on e.hour = v.hour
  where v.hour = any (array(select hour from edge))
  group by 1, 2, 3
), part as (
  select d.node_key, s.days, d.up, d.known, d.expected, d.maintenance, d.maintenance_up
  from day d join span s on s.days >= d.days
  union all
  select r.node_key, s.days, r.up, r.known, r.expected, r.maintenance, r.maintenance_up
  from rest r join span s on s.days = r.days or (r.of_all and s.days > r.days)
), summed as (
  select node_key, days, sum(up)::int as up, sum(known)::int as known, sum(expected)::int as expected,
    sum(maintenance)::int as maintenance, sum(maintenance_up)::int as maintenance_up
  from part
  group by node_key, days
)
select n.node_id as id, s.node_key as "nodeKey", s.days, s.up, s.known, s.expected, s.maintenance,
  s.maintenance_up as "maintenanceUp"
from summed s
join heartbeat_node n on n.node_key = s.node_key
where s.expected > 0
