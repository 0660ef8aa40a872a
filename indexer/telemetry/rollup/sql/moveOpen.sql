-- Hours from $1 to $2. Moves what was received into node_hour, with the sums of its readings: of all beats of a
-- node, slot and observer the one with the smallest digest counts, in slots that are up. Rows of hour_taken alone: those are locked,
-- so that the single beats of all their bits are in sight.
with moved as (
  delete from node_hour_open o
  using hour_taken t
  where t.node_key = o.node_key and t.hour = o.hour and t.observer = o.observer
  returning o.node_key, o.hour, o.observer, o.up, o.late
), merged as (
  select m.node_key, m.hour, m.observer, m.up | coalesce(h.up, 0) as up, m.late | coalesce(h.late, 0) as late,
    h.up as up_before, h.rtt_count, h.rtt_sum_us, h.rtt_max_us, h.util_count, h.util_sum_permille
  from moved m
  left join node_hour h
    on h.node_key = m.node_key and h.hour = m.hour and h.observer = m.observer and h.hour between $1 and $2
), counted as (
  select m.node_key, m.hour, m.observer, m.up, count(*) as beats, bit_or(1::bigint << (b.slot % 60)) as bits,
    count(b.rtt_us) as rtt_count, sum(b.rtt_us) as rtt_sum, max(b.rtt_us) as rtt_max,
    count(b.util_permille) as util_count, sum(b.util_permille) as util_sum
  from heartbeat b
  join merged m on m.node_key = b.node_key and m.hour = b.slot / 60 and m.observer = b.observer
  where b.slot >= $1 * 60 and b.slot < ($2 + 1) * 60 and m.up & (1::bigint << (b.slot % 60)) <> 0
  group by m.node_key, m.hour, m.observer, m.up
), repeated as (
  select node_key, hour, observer, bits, count(rtt_us) as rtt_count, sum(rtt_us) as rtt_sum, max(rtt_us) as rtt_max,
    count(util_permille) as util_count, sum(util_permille) as util_sum
  from (
    select distinct on (b.node_key, b.slot, b.observer) b.node_key, c.hour, b.observer, c.bits, b.rtt_us, b.util_permille
    from heartbeat b
    join counted c on c.node_key = b.node_key and c.hour = b.slot / 60 and c.observer = b.observer
    where b.slot >= $1 * 60 and b.slot < ($2 + 1) * 60 and c.up & (1::bigint << (b.slot % 60)) <> 0
      and c.beats <> bit_count(c.bits::bit(64))
    order by b.node_key, b.slot, b.observer, b.digest
  ) as beat
  group by node_key, hour, observer, bits
), summed as (
  select node_key, hour, observer, bits, rtt_count, rtt_sum, rtt_max, util_count, util_sum
  from counted where beats = bit_count(bits::bit(64))
  union all
  select * from repeated
)
insert into node_hour as h (node_key, hour, observer, up, late, rtt_count, rtt_sum_us, rtt_max_us, util_count,
  util_sum_permille)
select m.node_key, m.hour, m.observer, m.up, m.late,
  -- Where single beats are forgotten by now, what they came to stands.
  case when stands then m.rtt_count else coalesce(s.rtt_count, 0) end,
  case when stands then m.rtt_sum_us else coalesce(s.rtt_sum, 0) end,
  case when stands then m.rtt_max_us else coalesce(s.rtt_max, 0) end,
  case when stands then m.util_count else coalesce(s.util_count, 0) end,
  case when stands then m.util_sum_permille else coalesce(s.util_sum, 0) end
from merged m
left join summed s on s.node_key = m.node_key and s.hour = m.hour and s.observer = m.observer
cross join lateral (
  select m.up_before is not null and m.up_before & ~coalesce(s.bits, 0) <> 0 and m.rtt_count + m.util_count > 0 as stands
) as past
order by m.node_key, m.hour, m.observer
on conflict (node_key, hour, observer) do update set
  up = excluded.up, late = excluded.late, rtt_count = excluded.rtt_count, rtt_sum_us = excluded.rtt_sum_us,
  rtt_max_us = excluded.rtt_max_us, util_count = excluded.util_count, util_sum_permille = excluded.util_sum_permille
