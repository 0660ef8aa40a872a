-- Slots from $1 to $2, network $3. Two different beats of a node for one slot, from whichever observers; and hours in which no
-- reading moved, as no machine is so still. Hours in which a node has one beat a slot need no second look.
with seen as (
  select b.node_key, b.slot / 60 as hour, count(*) as beats, bit_or(1::bigint << (b.slot % 60)) as slots,
    count(b.rtt_us) = count(*) and count(b.util_permille) = count(*) and count(b.memory_permille) = count(*)
      and min(b.rtt_us) = max(b.rtt_us) and min(b.util_permille) = max(b.util_permille)
      and min(b.memory_permille) = max(b.memory_permille) as is_still
  from heartbeat b
  join heartbeat_node n on n.node_key = b.node_key and n.network_id = $3
  where b.slot between $1 and $2
  group by b.node_key, b.slot / 60
), doubled as (
  select b.node_key, b.slot
  from heartbeat b
  join seen s on s.node_key = b.node_key and s.hour = b.slot / 60 and s.beats <> bit_count(s.slots::bit(64))
  where b.slot between $1 and $2
  group by b.node_key, b.slot
  having min(b.digest) <> max(b.digest)
), flagged as (
  select node_key, slot / 60 as hour, 'equivocation' as reason, bit_or(1::bigint << (slot % 60)) as slots
  from doubled
  group by node_key, slot / 60
  union all
  select node_key, hour, 'frozen', slots
  from seen
  where is_still and bit_count(slots::bit(64)) >= 30
)
insert into beat_flag as f (node_key, hour, reason, slots)
select node_key, hour, reason, slots from flagged order by node_key, hour, reason
on conflict (node_key, hour, reason) do update set slots = f.slots | excluded.slots
where f.slots <> (f.slots | excluded.slots)
