-- $1 network, $2 the hour that windows end with. Brings the windows of nodes to what verdicts and outages say where no bounds
-- have to be made for it, and gives those whose sums are not the ones that are stored.
--
-- Slots of 1, 7, 30 and 90 days: those of whole days, and of the days at both ends the hours that are lacking are added or those that
-- are too many taken off, whichever are fewer. Outages are cut at the windows' edge: one that began before is no failure of the
-- window, but its repair is one. Within an outage everything that is known is down. One that goes on since before the window fills
-- it: then all that is known of it is down.
--
-- $3 is the hour that the stored windows end with; null: there are none. What outages come to is made anew where one was written
-- (table outage_node), goes on, or lies at an edge that has moved; of all other nodes it stands.
with span as (
  select days, $2::int - 24 * days as from_hour, ($2::int - 24 * days + 11) / 24 as from_day
  from unnest(array[1, 7, 30, 90]) as days
), day as (
  -- Of the narrowest window that holds the day.
  select d.node_key, case when d.day >= ($2::int - 24 + 11) / 24 then 1 when d.day >= ($2::int - 168 + 11) / 24 then 7
      when d.day >= ($2::int - 720 + 11) / 24 then 30 else 90 end as days,
    sum(d.up)::int as up, sum(d.known)::int as known, sum(d.expected)::int as expected,
    sum(d.maintenance)::int as maintenance, sum(d.maintenance_up)::int as maintenance_up
  from node_day d
  join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
  where d.day >= ($2::int - 2160 + 11) / 24 and d.day <= ($2::int - 1) / 24
  group by 1, 2
), edge as (
  select days, generate_series(from_hour, from_day * 24 - 1) as hour, 1 as sign from span
  union all
  select days, generate_series(from_day * 24, from_hour - 1), -1 from span
  union all
  -- Hours of the last day that are judged by now, and lie behind the end.
  select days, generate_series($2::int, ($2::int + 23) / 24 * 24 - 1), -1 from span where days = 1
), rest as (
  select v.node_key, e.days, e.hour >= $2::int as of_all,
    sum(e.sign * bit_count(v.up::bit(64)))::int as up, sum(e.sign * bit_count(v.known::bit(64)))::int as known,
    sum(e.sign * bit_count(v.expected::bit(64)))::int as expected,
    coalesce(sum(e.sign * bit_count((v.known & v.maintenance)::bit(64))), 0)::int as maintenance,
    coalesce(sum(e.sign * bit_count((v.up & v.maintenance)::bit(64))), 0)::int as maintenance_up
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  join edge e on e.hour = v.hour
  where v.hour = any (array(select hour from edge))
  group by 1, 2, 3
), part as (
  select d.node_key, s.days, d.up, d.known, d.expected, d.maintenance, d.maintenance_up
  from day d join span s on s.days >= d.days
  union all
  select r.node_key, s.days, r.up, r.known, r.expected, r.maintenance, r.maintenance_up
  from rest r join span s on s.days = r.days or (r.of_all and s.days > r.days)
), summed as (
  select node_key, days, sum(up)::int as up, sum(known)::int as known, sum(expected)::int as expected,
    sum(maintenance)::int as maintenance, sum(maintenance_up)::int as maintenance_up
  from part
  group by node_key, days
), affected as materialized (
  select node_key from heartbeat_node where network_id = $1 and $3::int is null
  union
  select node_key from outage_node
  union
  select o.node_key from outage o
  where $3::int is not null and o.last_slot >= (least($2::int, $3::int) - 2160) * 60
    and (not o.ended
      or (o.from_slot < (greatest($2::int, $3::int) - 24) * 60 and o.last_slot >= (least($2::int, $3::int) - 24) * 60)
      or (o.from_slot < (greatest($2::int, $3::int) - 168) * 60 and o.last_slot >= (least($2::int, $3::int) - 168) * 60)
      or (o.from_slot < (greatest($2::int, $3::int) - 720) * 60 and o.last_slot >= (least($2::int, $3::int) - 720) * 60)
      or o.from_slot < (greatest($2::int, $3::int) - 2160) * 60)
), seen as (
  select o.node_key, o.from_slot, o.last_slot, o.down, o.ended
  from outage o
  join affected a on a.node_key = o.node_key
  where o.last_slot >= ($2::int - 2160) * 60 and o.from_slot < $2::int * 60
), whole as (
  -- Of the narrowest window that holds all of the outage.
  select node_key, case when from_slot >= ($2::int - 24) * 60 then 1 when from_slot >= ($2::int - 168) * 60 then 7
      when from_slot >= ($2::int - 720) * 60 then 30 else 90 end as days,
    count(*)::int as failures, (count(*) filter (where ended))::int as repairs,
    coalesce(sum(down) filter (where ended), 0)::int as repaired_down, sum(down)::int as outage_down, max(down) as longest_down
  from seen
  where from_slot >= ($2::int - 2160) * 60
  group by 1, 2
), cut as materialized (
  select o.node_key, s.days, case when o.ended then (
      select sum(bit_count((v.known & case when v.hour = o.last_slot / 60 then (2::bigint << o.last_slot % 60) - 1 else -1 end)::bit(64)))
      from node_verdict v
      where v.node_key = o.node_key and v.hour >= s.from_slot / 60 and v.hour <= o.last_slot / 60
    ) end::int as down
  from seen o
  join (select days, from_hour * 60 as from_slot from span) as s on o.from_slot < s.from_slot and o.last_slot >= s.from_slot
), outage_part as (
  select w.node_key, s.days, w.failures, w.repairs, w.repaired_down, w.outage_down, w.longest_down, false as is_whole
  from whole w join span s on s.days >= w.days
  union all
  select node_key, days, 0, (down is not null)::int, coalesce(down, 0), coalesce(down, 0), coalesce(down, 0), down is null from cut
), outage_sum as (
  select node_key, days, sum(failures)::int as failures, sum(repairs)::int as repairs, sum(repaired_down)::int as repaired_down,
    sum(outage_down)::int as outage_down, max(longest_down) as longest_down, bool_or(is_whole) as is_whole
  from outage_part
  group by node_key, days
), due as materialized (
  select n.node_id as id, k.subject_key, s.days, s.up, s.known, s.expected, s.maintenance, s.maintenance_up,
    case when a.node_key is null then coalesce(w.failures, 0) when o.is_whole then 0 else coalesce(o.failures, 0) end as failures,
    case when a.node_key is null then coalesce(w.repairs, 0) when o.is_whole then 0 else coalesce(o.repairs, 0) end as repairs,
    case when a.node_key is null then coalesce(w.repaired_down, 0) when o.is_whole then 0 else coalesce(o.repaired_down, 0) end as repaired_down,
    case when a.node_key is null then coalesce(w.outage_down, 0) when o.is_whole then s.known else coalesce(o.outage_down, 0) end as outage_down,
    case when a.node_key is null then coalesce(w.longest_down, 0) when o.is_whole then s.known else coalesce(o.longest_down, 0) end as longest_down
  from summed s
  join heartbeat_node n on n.node_key = s.node_key
  left join outage_sum o on o.node_key = s.node_key and o.days = s.days
  left join affected a on a.node_key = s.node_key
  left join metric_subject k on k.kind = 'node' and k.id = n.node_id
  left join uptime_window w on w.subject_key = k.subject_key and w.days = s.days
  where s.expected > 0
), compared as materialized (
  select d.*, w.to_hour, (w.up, w.known, w.expected, w.maintenance, w.maintenance_up, w.failures, w.repairs, w.repaired_down, w.outage_down,
      w.longest_down) is not distinct from (d.up::bigint, d.known::bigint, d.expected::bigint, d.maintenance::bigint,
      d.maintenance_up::bigint, d.failures, d.repairs, d.repaired_down::bigint, d.outage_down::bigint, d.longest_down::int) as is_same
  from due d
  left join uptime_window w on w.subject_key = d.subject_key and w.days = d.days
), moved as (
  update uptime_window w set to_hour = $2::int
  from compared c
  where c.is_same and c.to_hour <> $2::int and w.subject_key = c.subject_key and w.days = c.days
), gone as (
  delete from uptime_window w using metric_subject k
  where k.network_id = $1 and k.kind = 'node' and w.subject_key = k.subject_key
    and not exists (select from due d where d.subject_key = w.subject_key and d.days = w.days)
)
select 'node' as kind, id, days, 1 as nodes, up, known, expected, maintenance, maintenance_up as "maintenanceUp", failures, repairs,
  repaired_down::int as "repairedDown", outage_down::int as "outageDown", longest_down::int as "longestDown"
from compared
where not is_same
