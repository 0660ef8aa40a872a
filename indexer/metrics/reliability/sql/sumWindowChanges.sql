-- $1 network, $2 the hour that windows end with, $3 the one that the stored ones end with, $4 windows of how many days, and all
-- shorter ones, were summed whole. Of the others this gives what changes, where anything does: hours that came in at the end, less
-- those that went at the beginning. Where hours were judged again, which all lie in the longest of the whole ones, what came in is how
-- much that one has gained and lost.
--
-- As many hours come in as go, and most are full. So only what is missing from full hours is added up.
with span as (
  select days, $2::int - 24 * days as from_hour, $3::int - 24 * days as left_hour from unnest(array[1, 7, 30, 90]) as days
), shift as (
  -- Of all of these windows: 0 days.
  select 0 as days, generate_series($3::int, $2::int - 1) as hour, 1 as sign where $4::int = 0
  union all
  select 0, generate_series($2::int, $3::int - 1), -1 where $4::int = 0
  union all
  select case when days = $4::int then 0 else days end, generate_series(least(left_hour, from_hour), greatest(left_hour, from_hour) - 1),
    case when days = $4::int then 1 else -1 end * sign(from_hour - left_hour)::int
  from span where days >= $4::int
), heard as materialized (
  select v.node_key, v.hour, v.up, v.known, v.expected, v.maintenance from node_verdict v
  where v.hour = any (array(select hour from shift))
), partial as (
  -- Of whom some of these hours are there and some are not; who lacks all of them has lost as many as he has gained.
  select node_key from heard group by node_key having count(*) < (select count(distinct hour) from shift)
), part as (
  select v.node_key, s.days, s.sign * (bit_count(v.up::bit(64)) - 60) as up, s.sign * (bit_count(v.known::bit(64)) - 60) as known,
    s.sign * (bit_count(v.expected::bit(64)) - 60) as expected,
    s.sign * coalesce(bit_count((v.known & v.maintenance)::bit(64)), 0) as maintenance,
    s.sign * coalesce(bit_count((v.up & v.maintenance)::bit(64)), 0) as maintenance_up
  from heard v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  join shift s on s.hour = v.hour
  where v.up <> 1152921504606846975 or v.known <> v.up or v.expected <> v.up or v.maintenance is not null
  union all
  select n.node_key, s.days, -60 * s.sign, -60 * s.sign, -60 * s.sign, 0, 0
  from partial p
  join heartbeat_node n on n.node_key = p.node_key and n.network_id = $1
  cross join shift s
  where not exists (select from heard v where v.node_key = n.node_key and v.hour = s.hour)
  union all
  select node_key, 0, up, known, expected, maintenance, maintenance_up from window_slots where days = $4::int
  union all
  select n.node_key, 0, -w.up, -w.known, -w.expected, -w.maintenance, -w.maintenance_up
  from uptime_window w
  join metric_subject k on k.subject_key = w.subject_key and k.kind = 'node' and k.network_id = $1
  join heartbeat_node n on n.node_id = k.id
  where w.days = $4::int
), gained as materialized (
  select node_key, days, sum(up)::int as up, sum(known)::int as known, sum(expected)::int as expected,
    sum(maintenance)::int as maintenance, sum(maintenance_up)::int as maintenance_up
  from part
  group by node_key, days
  having sum(up) <> 0 or sum(known) <> 0 or sum(expected) <> 0 or sum(maintenance) <> 0 or sum(maintenance_up) <> 0
)
insert into window_slots
select g.node_key, s.days, true, sum(g.up), sum(g.known), sum(g.expected), sum(g.maintenance), sum(g.maintenance_up)
from gained g
join span s on s.days > $4::int and (s.days = g.days or g.days = 0)
group by g.node_key, s.days
having sum(g.up) <> 0 or sum(g.known) <> 0 or sum(g.expected) <> 0 or sum(g.maintenance) <> 0 or sum(g.maintenance_up) <> 0
