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
), member as (
  select node_id, 'network' as kind, $1 as id from node
  union all
  select node_id, 'provider', provider_id from node where provider_id is not null
  union all
  select node_id, 'hardware', class_id from node
  union all
  select node_id, 'region', $1 || ':region:' || region from node where region is not null
)
select m.kind, m.id, w.days, count(*)::int as nodes, sum(w.up)::bigint as up, sum(w.known)::bigint as known, sum(w.expected)::bigint as expected,
  sum(w.maintenance)::bigint as maintenance, sum(w.maintenance_up)::bigint as "maintenanceUp", sum(w.failures)::int as failures,
  sum(w.repairs)::int as repairs, sum(w.repaired_down)::bigint as "repairedDown", sum(w.outage_down)::bigint as "outageDown",
  max(w.longest_down) as "longestDown"
from member m
join metric_subject s on s.kind = 'node' and s.id = m.node_id
join uptime_window w on w.subject_key = s.subject_key
group by m.kind, m.id, w.days
