-- $1 network, $2 GPU models as nodes write them, $3 the class of each. The windows of providers, regions, classes of hardware and
-- the whole network, from those of their nodes as they are now: whose a node is the chain says; for one that it does not know,
-- what was said when its first session was opened; where a protocol names no machines the provider is its own node.
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
), summed as (
  select case grouping(provider_id, class_id, region) when 7 then 'network' when 3 then 'provider' when 5 then 'hardware' else 'region' end
      as kind,
    case grouping(provider_id, class_id, region) when 7 then $1 when 3 then provider_id when 5 then class_id
      else $1 || ':region:' || region end as id,
    w.days, count(*)::int as nodes, sum(w.up)::bigint as up, sum(w.known)::bigint as known, sum(w.expected)::bigint as expected,
    sum(w.maintenance)::bigint as maintenance, sum(w.maintenance_up)::bigint as maintenance_up, sum(w.failures)::int as failures,
    sum(w.repairs)::int as repairs, sum(w.repaired_down)::bigint as repaired_down, sum(w.outage_down)::bigint as outage_down,
    max(w.longest_down) as longest_down
  from node n
  join metric_subject s on s.kind = 'node' and s.id = n.node_id
  join uptime_window w on w.subject_key = s.subject_key
  group by w.days, grouping sets ((), (provider_id), (class_id), (region))
)
select kind, id, days, nodes, up, known, expected, maintenance, maintenance_up as "maintenanceUp", failures, repairs,
  repaired_down as "repairedDown", outage_down as "outageDown", longest_down as "longestDown"
from summed
where id is not null
