-- $1 the last hour that is due. By network how many nodes it has, from which hour on something was expected, and its hours
-- that are to be closed: those with beats that are not moved yet, and those that never were.
with opened as (
  select distinct n.network_id, o.hour
  from node_hour_open o join heartbeat_node n using (node_key)
  where o.hour <= $1
), begun as (
  select n.network_id, count(*)::int as nodes,
    least(min(n.first_slot) / 60, (select min(o.hour) from opened o where o.network_id = n.network_id)) as first_hour
  from heartbeat_node n
  group by n.network_id
)
select b.network_id, b.nodes, b.first_hour, coalesce(due.hours, '{}') as hours
from begun b
cross join lateral (
  select array_agg(hour order by hour) as hours
  from (
    select s.hour from generate_series(b.first_hour, $1) as s (hour)
    where not exists (select from network_hour h where h.network_id = b.network_id and h.hour = s.hour)
    union
    select o.hour from opened o where o.network_id = b.network_id
  ) as missing
) as due
where b.first_hour <= $1
order by b.network_id
