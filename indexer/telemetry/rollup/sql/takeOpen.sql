-- $1 network, hours from $2 to $3. Locks what is to be moved, in the order in which writers add to it.
insert into hour_taken (node_key, hour, observer)
select o.node_key, o.hour, o.observer
from node_hour_open o
join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1
where o.hour between $2 and $3
order by o.node_key, o.hour, o.observer
for update of o
