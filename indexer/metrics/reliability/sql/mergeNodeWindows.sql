-- $1 network, $2 windows of how many days, and all shorter ones, were summed whole. Deletes the windows of nodes of which nothing was
-- expected, and gives those, with nothing in them, and others whose sums are not the ones that are stored. Where no outages were
-- summed, those stored are right.
with due as materialized (
  select n.node_id as id, k.subject_key, p.days,
    case when s.is_change is distinct from false then coalesce(w.up, 0) else 0 end + coalesce(s.up, 0) as up,
    case when s.is_change is distinct from false then coalesce(w.known, 0) else 0 end + coalesce(s.known, 0) as known,
    case when s.is_change is distinct from false then coalesce(w.expected, 0) else 0 end + coalesce(s.expected, 0) as expected,
    case when s.is_change is distinct from false then coalesce(w.maintenance, 0) else 0 end + coalesce(s.maintenance, 0) as maintenance,
    case when s.is_change is distinct from false then coalesce(w.maintenance_up, 0) else 0 end + coalesce(s.maintenance_up, 0)
      as maintenance_up,
    a.node_key is not null as is_summed, coalesce(o.is_whole, false) as is_whole,
    case when a.node_key is null then w.failures else o.failures end as failures,
    case when a.node_key is null then w.repairs else o.repairs end as repairs,
    case when a.node_key is null then w.repaired_down else o.repaired_down end as repaired_down,
    case when a.node_key is null then w.outage_down else o.outage_down end as outage_down,
    case when a.node_key is null then w.longest_down else o.longest_down end as longest_down
  from (select node_key, days from window_slots union select node_key, days from window_node where days > $2::int) as p
  join heartbeat_node n on n.node_key = p.node_key
  left join window_slots s on s.node_key = p.node_key and s.days = p.days
  left join window_node a on a.node_key = p.node_key and a.days = p.days
  left join window_outages o on o.node_key = p.node_key and o.days = p.days
  left join metric_subject k on k.kind = 'node' and k.id = n.node_id
  left join uptime_window w on w.subject_key = k.subject_key and w.days = p.days
), found as materialized (
  select id, subject_key, days, up, known, expected, maintenance, maintenance_up, case when is_whole then 0 else coalesce(failures, 0) end as failures,
    case when is_whole then 0 else coalesce(repairs, 0) end as repairs, case when is_whole then 0 else coalesce(repaired_down, 0) end as repaired_down,
    case when is_whole then known else coalesce(outage_down, 0) end as outage_down,
    case when is_whole then known else coalesce(longest_down, 0) end as longest_down
  from due where expected > 0
), gone as (
  delete from uptime_window w using metric_subject k
  where k.network_id = $1 and k.kind = 'node' and w.subject_key = k.subject_key and (
    (w.subject_key, w.days) in (select subject_key, days from due where expected = 0 and subject_key is not null)
    or (w.days <= $2::int and (w.subject_key, w.days) not in (select subject_key, days from found where subject_key is not null))
  )
  returning k.id, k.subject_key, w.days
)
select 'node' as kind, f.id, f.subject_key as "subjectKey", f.days, 1 as nodes, f.up::int, f.known::int, f.expected::int,
  f.maintenance::int, f.maintenance_up::int as "maintenanceUp", f.failures, f.repairs, f.repaired_down::int as "repairedDown",
  f.outage_down::int as "outageDown", f.longest_down::int as "longestDown"
from found f
left join uptime_window w on w.subject_key = f.subject_key and w.days = f.days
where w.subject_key is null
  or (w.up, w.known, w.expected, w.maintenance, w.maintenance_up, w.failures, w.repairs, w.repaired_down, w.outage_down, w.longest_down)
    <> (f.up, f.known, f.expected, f.maintenance, f.maintenance_up, f.failures, f.repairs, f.repaired_down, f.outage_down, f.longest_down)
union all
select 'node', id, subject_key, days, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from gone
