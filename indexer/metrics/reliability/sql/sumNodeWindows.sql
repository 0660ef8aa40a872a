-- $1 network, $2 the hour that windows end with. The slots of every node in windows of 1, 7, 30 and 90 days: whole days as
-- such, the hours that are left at both ends by their verdicts.
with span as (
  select days, $2::int - 24 * days as from_hour, ($2::int - 24 * days + 23) / 24 as from_day, $2::int / 24 as to_day
  from unnest(array[1, 7, 30, 90]) as days
), edge as (
  select days, generate_series(from_hour, least(from_day * 24, $2::int) - 1) as hour from span
  union all
  select days, generate_series(greatest(to_day * 24, from_day * 24), $2::int - 1) from span
), part as (
  select d.node_key, s.days, d.up::int as up, d.known::int as known, d.expected::int as expected,
    d.maintenance::int as maintenance, d.maintenance_up::int as maintenance_up
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
  join span s on d.day >= s.from_day and d.day < s.to_day
  union all
  select v.node_key, e.days, bit_count(v.up::bit(64))::int, bit_count(v.known::bit(64))::int,
    bit_count(v.expected::bit(64))::int, coalesce(bit_count((v.known & v.maintenance)::bit(64)), 0)::int,
    coalesce(bit_count((v.up & v.maintenance)::bit(64)), 0)::int
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  join edge e on e.hour = v.hour
  where v.hour = any (array(select distinct hour from edge))
)
select n.node_id as id, p.node_key as "nodeKey", p.days, sum(p.up)::int as up, sum(p.known)::int as known,
  sum(p.expected)::int as expected, sum(p.maintenance)::int as maintenance, sum(p.maintenance_up)::int as "maintenanceUp"
from part p
join heartbeat_node n on n.node_key = p.node_key
group by n.node_id, p.node_key, p.days
having sum(p.expected) > 0
