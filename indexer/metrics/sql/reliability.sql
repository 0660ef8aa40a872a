-- Slots and outages of every hour, of the network and of providers, regions and classes of hardware. Whose a node was and what it
-- was is what the chain said when the hour ended; of one that it does not know, whose it was when its first session was opened.
with version as (
  select node_key, provider_id, region, gpu_model, gpus, from_hour,
    lead(from_hour, 1, 2147483647) over (partition by node_key order by height_from) as to_hour
  from (
    select h.node_key, v.height_from, v.provider_id, v.region, v.gpu_model, greatest(coalesce(v.gpu_count, 0), 0) as gpus,
      floor(extract(epoch from coalesce(
        (select b.time from block b where b.chain_id = v.chain_id and b.height = v.height_from), f.time
      )) / 3600)::int as from_hour
    from heartbeat_node h
    join node f on f.id = h.node_id
    join node_version v on v.node_id = h.node_id
    where h.network_id = $1
  ) as begun
), item as (
  select v.node_key, v.hour, bit_count(v.up::bit(64)) as up, bit_count(v.known::bit(64)) as known,
    bit_count(v.expected::bit(64)) as expected, coalesce(bit_count((v.known & v.maintenance)::bit(64)), 0) as maintenance,
    coalesce(bit_count((v.up & v.maintenance)::bit(64)), 0) as maintenance_up, 0 as began, 0 as ended
  from node_verdict v
  join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
  where v.hour >= $2::int and v.hour < $3::int
  union all
  select o.node_key, o.from_slot / 60, 0, 0, 0, 0, 0, 1, 0
  from outage o
  join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1
  where o.last_slot >= $2::int * 60 and o.from_slot >= $2::int * 60 and o.from_slot < $3::int * 60
  union all
  select o.node_key, o.last_slot / 60, 0, 0, 0, 0, 0, 0, 1
  from outage o
  join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1
  where o.ended and o.last_slot >= $2::int * 60 and o.last_slot < $3::int * 60
), placed as (
  select i.*, coalesce(v.provider_id, n.provider_id, p.id) as provider_id, v.region, coalesce(c.class, 'unknown') as hardware,
    coalesce(v.gpus, 0) as gpus
  from item i
  join heartbeat_node n on n.node_key = i.node_key
  left join version v on v.node_key = i.node_key and i.hour >= v.from_hour and i.hour < v.to_hour
  left join hardware_class c on c.gpu_model = v.gpu_model
  left join provider p on p.id = n.node_id
), summed as (
  select hour, provider_id, region, hardware, grouping(provider_id, region, hardware) as others,
    count(*) filter (where known > 0) as nodes, sum(up)::bigint as up, sum(known)::bigint as known,
    sum(expected)::bigint as expected, sum(maintenance)::bigint as maintenance, sum(maintenance_up)::bigint as maintenance_up,
    sum(gpus * up)::bigint as gpu_up, sum(gpus * known)::bigint as gpu_known, sum(began) as began, sum(ended) as ended
  from placed
  group by grouping sets ((hour), (hour, provider_id), (hour, region), (hour, hardware))
), named as (
  select s.*, case others when 7 then 'network' when 3 then 'provider' when 5 then 'region' else 'hardware' end as kind,
    case others when 7 then $1 when 3 then provider_id when 5 then $1 || ':region:' || region
      else $1 || ':gpu:' || hardware end as subject
  from summed s
)
select m.metric, s.kind, s.subject, s.hour, m.num, m.den, s.nodes as n, null::jsonb as detail
from named s
cross join lateral (
  values
    ('reliability.uptime', s.up, s.known, s.known > 0),
    ('reliability.uptimeSla', s.up - s.maintenance_up, s.known - s.maintenance, s.known > s.maintenance),
    ('reliability.coverage', s.known, s.expected, s.expected > 0),
    ('reliability.capacityUptime', s.gpu_up, s.gpu_known, s.gpu_known > 0 and s.kind <> 'provider'),
    ('reliability.downSlots', s.known - s.up, null, s.known > 0 and s.kind <> 'provider'),
    ('reliability.outages', s.began, null, s.known > 0 and s.kind <> 'provider'),
    ('reliability.repairs', s.ended, null, s.known > 0 and s.kind <> 'provider')
) as m (metric, num, den, is_known)
where s.subject is not null and m.is_known
