-- $1 network. The thirty days before the end of its latest closed hour: whole days, and of the first one its last hours.
with span as (
  select max(hour) + 1 as to_hour, max(hour) + 1 - 720 as from_hour from network_hour where network_id = $1
), parts as (
  select d.node_key, d.up::int, d.known::int, d.expected::int, d.maintenance::int, d.maintenance_up::int
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
  where d.day >= (select (from_hour + 23) / 24 from span) and d.day < (select (to_hour + 23) / 24 from span)
  union all
  select v.node_key, bit_count(v.up::bit(64))::int, bit_count(v.known::bit(64))::int, bit_count(v.expected::bit(64))::int,
    coalesce(bit_count((v.known & v.maintenance)::bit(64)), 0)::int,
    coalesce(bit_count((v.up & v.maintenance)::bit(64)), 0)::int
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  where v.hour >= (select from_hour from span) and v.hour < (select (from_hour + 23) / 24 * 24 from span)
), summed as (
  select node_key, sum(up) as up, sum(known) as known, sum(expected) as expected, sum(maintenance) as maintenance,
    sum(maintenance_up) as maintenance_up
  from parts
  group by node_key
), gone as (
  delete from node_standing s
  where s.network_id = $1 and not exists (select from summed m where m.node_key = s.node_key)
)
insert into node_standing as s (node_key, network_id, to_hour, up, known, expected, maintenance, maintenance_up, uptime_ppm)
select node_key, $1, to_hour, up, known, expected, maintenance, maintenance_up, up * 1000000 / nullif(known, 0)
from summed cross join span
on conflict (node_key) do update set
  to_hour = excluded.to_hour, up = excluded.up, known = excluded.known, expected = excluded.expected,
  maintenance = excluded.maintenance, maintenance_up = excluded.maintenance_up, uptime_ppm = excluded.uptime_ppm
