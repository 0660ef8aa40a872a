-- $1 network, days from $2 to $3. A day is the sum of its hours.
with judged as (
  select v.node_key, v.hour / 24 as day,
    sum(bit_count(v.up::bit(64))) as up, sum(bit_count(v.known::bit(64))) as known,
    sum(bit_count(v.expected::bit(64))) as expected,
    coalesce(sum(bit_count((v.known & v.maintenance)::bit(64))), 0) as maintenance,
    coalesce(sum(bit_count((v.up & v.maintenance)::bit(64))), 0) as maintenance_up
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  where v.hour >= $2 * 24 and v.hour < ($3 + 1) * 24
  group by v.node_key, v.hour / 24
), heard as (
  select h.node_key, h.hour / 24 as day, sum(bit_count(h.late::bit(64))) as late, sum(h.rtt_count) as rtt_count,
    sum(h.util_count) as util_count, sum(h.rtt_sum_us) as rtt_sum_us, max(h.rtt_max_us) as rtt_max_us,
    sum(h.util_sum_permille) as util_sum_permille
  from node_hour h
  join heartbeat_node n on n.node_key = h.node_key and n.network_id = $1
  where h.hour >= $2 * 24 and h.hour < ($3 + 1) * 24
  group by h.node_key, h.hour / 24
), summed as (
  select coalesce(j.node_key, h.node_key) as node_key, coalesce(j.day, h.day) as day,
    coalesce(j.up, 0) as up, coalesce(j.known, 0) as known, coalesce(j.expected, 0) as expected,
    coalesce(j.maintenance, 0) as maintenance, coalesce(j.maintenance_up, 0) as maintenance_up,
    coalesce(h.late, 0) as late, coalesce(h.rtt_count, 0) as rtt_count, coalesce(h.util_count, 0) as util_count,
    coalesce(h.rtt_sum_us, 0) as rtt_sum_us, coalesce(h.rtt_max_us, 0) as rtt_max_us,
    coalesce(h.util_sum_permille, 0) as util_sum_permille
  from judged j
  full join heard h on h.node_key = j.node_key and h.day = j.day
), gone as (
  delete from node_day d
  using heartbeat_node n
  where n.node_key = d.node_key and n.network_id = $1 and d.day between $2 and $3
    and not exists (select from summed s where s.node_key = d.node_key and s.day = d.day)
)
insert into node_day as d (node_key, day, up, known, expected, maintenance, maintenance_up, late, rtt_count, util_count,
  rtt_sum_us, rtt_max_us, util_sum_permille)
select node_key, day, up, known, expected, maintenance, maintenance_up, late, rtt_count, util_count, rtt_sum_us,
  rtt_max_us, util_sum_permille
from summed
order by node_key, day
on conflict (node_key, day) do update set
  up = excluded.up, known = excluded.known, expected = excluded.expected, maintenance = excluded.maintenance,
  maintenance_up = excluded.maintenance_up, late = excluded.late, rtt_count = excluded.rtt_count,
  util_count = excluded.util_count, rtt_sum_us = excluded.rtt_sum_us, rtt_max_us = excluded.rtt_max_us,
  util_sum_permille = excluded.util_sum_permille
where (d.up, d.known, d.expected, d.maintenance, d.maintenance_up, d.late, d.rtt_count, d.util_count, d.rtt_sum_us,
    d.rtt_max_us, d.util_sum_permille)
  is distinct from (excluded.up, excluded.known, excluded.expected, excluded.maintenance, excluded.maintenance_up,
    excluded.late, excluded.rtt_count, excluded.util_count, excluded.rtt_sum_us, excluded.rtt_max_us,
    excluded.util_sum_permille)
