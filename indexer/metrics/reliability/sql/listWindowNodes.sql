-- $1 network, $2 the hour that windows end with, $3 the one that the stored ones end with; null: there are none. $4 the first hour that
-- was judged again; null: none was. Notes the windows whose outages may come to something else: of nodes of which one was written, and
-- those in which one lies at an edge that has moved, or goes on from an edge to hours that were judged again. An outage that holds an
-- edge ends within six hours of it or is a long one.
insert into window_node
select n.node_key, days from heartbeat_node n cross join unnest(array[1, 7, 30, 90]) as days where n.network_id = $1 and $3::int is null
union
select node_key, days from outage_node cross join unnest(array[1, 7, 30, 90]) as days
union
select o.node_key, s.days
from (
  select days, (least($2::int, $3::int) - 24 * days) * 60 as low, (greatest($2::int, $3::int) - 24 * days) * 60 as high
  from unnest(array[1, 7, 30, 90]) as days
) as s
cross join lateral (
  select node_key, last_slot from outage where last_slot >= s.low and last_slot < s.high + 360 and from_slot < s.high
  union all
  select node_key, last_slot from outage
  where last_slot >= s.high + 360 and last_slot - from_slot >= 360 and from_slot < s.high
) as o
join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1
where $3::int <> $2::int or o.last_slot >= $4::int * 60
