-- $1 network, hours from $2 to $3. From its first beat in time on a node is expected. In a bitmap, the bits below the lowest
-- one are as many as its position.
with firsts as (
  select h.node_key, min(h.hour * 60 + bit_count(((h.up & -h.up) - 1)::bit(64))::int) as slot
  from node_hour h
  join heartbeat_node n on n.node_key = h.node_key and n.network_id = $1
  where h.hour between $2 and $3 and h.up <> 0 and (n.first_slot is null or n.first_slot >= h.hour * 60)
  group by h.node_key
)
update heartbeat_node n set first_slot = f.slot
from firsts f
where n.node_key = f.node_key and (n.first_slot is null or f.slot < n.first_slot)
