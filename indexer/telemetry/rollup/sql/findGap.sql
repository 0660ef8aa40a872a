-- $1 network, hours from $2 to $3. Hours that were judged before it was known that a node had begun in these ones.
select min(n.first_slot / 60) as from_hour, max(v.hour) as to_hour
from heartbeat_node n
cross join lateral (
  select v.hour from node_verdict v where v.node_key = n.node_key order by v.hour limit 1
) as v
where n.network_id = $1 and n.first_slot between $2 * 60 and $3 * 60 + 59 and v.hour > n.first_slot / 60
