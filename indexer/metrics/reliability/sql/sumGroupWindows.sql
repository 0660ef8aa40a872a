-- $1 network, $2 GPU models as nodes write them, $3 the class of each. The windows of providers, regions, classes of hardware and
-- the whole network, from those of their nodes as they are now: whose a node is the chain says; for one that it does not know,
-- what was said when its first session was opened; where a protocol names no machines the provider is its own node. Deletes those that
-- nobody is in any more, and gives those whose sums are not the ones that are stored. The network has all its windows.
with class as (
  select * from unnest($2::text[], $3::text[]) as class (gpu_model, id)
), node as (
  select h.node_id, coalesce(f.provider_id, h.provider_id, p.id) as provider_id, f.region,
    coalesce(c.id, $1 || ':gpu:unknown') as class_id
  from heartbeat_node h
  left join node f on f.id = h.node_id
  left join provider p on p.id = h.node_id
  left join class c on c.gpu_model = f.gpu_model
  where h.network_id = $1
), alike as (
  -- Machines of one provider are mostly of one class, and stand in one region: few are left to be added up four ways.
  select n.provider_id, n.class_id, n.region, w.days, count(*) as nodes, sum(w.up) as up, sum(w.known) as known,
    sum(w.expected) as expected, sum(w.maintenance) as maintenance, sum(w.maintenance_up) as maintenance_up,
    sum(w.failures) as failures, sum(w.repairs) as repairs, sum(w.repaired_down) as repaired_down,
    sum(w.outage_down) as outage_down, max(w.longest_down) as longest_down
  from node n
  join metric_subject s on s.kind = 'node' and s.id = n.node_id
  join uptime_window w on w.subject_key = s.subject_key
  group by 1, 2, 3, 4
  union all
  select null, null, null, days, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from unnest(array[1, 7, 30, 90]) as days
), summed as materialized (
  select case grouping(provider_id, class_id, region) when 7 then 'network' when 3 then 'provider' when 5 then 'hardware' else 'region' end
      as kind,
    case grouping(provider_id, class_id, region) when 7 then $1 when 3 then provider_id when 5 then class_id
      else $1 || ':region:' || region end as id,
    days::smallint as days, sum(nodes)::int as nodes, sum(up)::bigint as up, sum(known)::bigint as known,
    sum(expected)::bigint as expected, sum(maintenance)::bigint as maintenance, sum(maintenance_up)::bigint as maintenance_up,
    sum(failures)::int as failures, sum(repairs)::int as repairs, sum(repaired_down)::bigint as repaired_down,
    sum(outage_down)::bigint as outage_down, max(longest_down) as longest_down
  from alike
  group by days, grouping sets ((), (provider_id), (class_id), (region))
), named as materialized (
  select m.*, s.subject_key from summed m left join metric_subject s on s.kind = m.kind and s.id = m.id where m.id is not null
), gone as (
  delete from uptime_window w using metric_subject s
  where s.network_id = $1 and s.kind in ('network', 'provider', 'hardware', 'region') and w.subject_key = s.subject_key
    and (w.subject_key, w.days) not in (select subject_key, days from named where subject_key is not null)
)
select n.kind, n.id, n.subject_key as "subjectKey", n.days, n.nodes, n.up, n.known, n.expected, n.maintenance,
  n.maintenance_up as "maintenanceUp", n.failures, n.repairs, n.repaired_down as "repairedDown", n.outage_down as "outageDown",
  n.longest_down as "longestDown"
from named n
left join uptime_window w on w.subject_key = n.subject_key and w.days = n.days
where w.subject_key is null
  or (w.nodes, w.up, w.known, w.expected, w.maintenance, w.maintenance_up, w.failures, w.repairs, w.repaired_down, w.outage_down,
      w.longest_down)
    <> (n.nodes, n.up, n.known, n.expected, n.maintenance, n.maintenance_up, n.failures, n.repairs, n.repaired_down, n.outage_down,
      n.longest_down)
