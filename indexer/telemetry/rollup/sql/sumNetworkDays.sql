-- $1 network, days from $2 to $3. A network's day is the sum of its nodes' days.
with summed as (
  select d.day, count(*) filter (where d.expected > 0) as nodes, sum(d.up) as up, sum(d.known) as known,
    sum(d.expected) as expected, sum(d.maintenance) as maintenance, sum(d.maintenance_up) as maintenance_up,
    sum(d.late) as late, sum(d.rtt_count) as rtt_count, sum(d.util_count) as util_count, sum(d.rtt_sum_us) as rtt_sum_us,
    max(d.rtt_max_us) as rtt_max_us, sum(d.util_sum_permille) as util_sum_permille
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
  where d.day between $2 and $3
  group by d.day
), gone as (
  delete from network_day d
  where d.network_id = $1 and d.day between $2 and $3 and not exists (select from summed s where s.day = d.day)
)
insert into network_day (network_id, day, nodes, up, known, expected, maintenance, maintenance_up, late, rtt_count,
  util_count, rtt_sum_us, rtt_max_us, util_sum_permille)
select $1, day, nodes, up, known, expected, maintenance, maintenance_up, late, rtt_count, util_count, rtt_sum_us,
  rtt_max_us, util_sum_permille
from summed
on conflict (network_id, day) do update set
  nodes = excluded.nodes, up = excluded.up, known = excluded.known, expected = excluded.expected,
  maintenance = excluded.maintenance, maintenance_up = excluded.maintenance_up, late = excluded.late,
  rtt_count = excluded.rtt_count, util_count = excluded.util_count, rtt_sum_us = excluded.rtt_sum_us,
  rtt_max_us = excluded.rtt_max_us, util_sum_permille = excluded.util_sum_permille
