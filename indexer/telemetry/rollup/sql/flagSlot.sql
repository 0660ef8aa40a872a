-- Slot $1, nodes from $2 to $3: two different beats of a node, from whichever observers. What is new is marked, for
-- its hour may be closed and rolled already.
with flagged as (
  insert into beat_flag as f (node_key, hour, reason, slots)
  select node_key, $1::int / 60, 'equivocation', 1::bigint << ($1::int % 60)
  from heartbeat
  where slot = $1 and node_key between $2 and $3
  group by node_key
  having min(digest) <> max(digest)
  order by node_key
  on conflict (node_key, hour, reason) do update set slots = f.slots | excluded.slots
  where f.slots <> (f.slots | excluded.slots)
  returning f.node_key, f.hour
)
insert into mark (family, subject, hour)
select distinct 'uptime', n.network_id, to_timestamp(f.hour * 3600::bigint)
from flagged f
join heartbeat_node n on n.node_key = f.node_key
