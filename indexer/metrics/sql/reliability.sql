-- Slots and outages of every hour, of the network and of providers, regions and classes of hardware. Whose a node was and what it
-- was is what the chain said when the hour ended; of one that it does not know, whose it was when its first session was opened.
-- Of hours before those that are kept in detail, providers have one row a day, of its first hour: its hours' sum.
with detail as (
  select (floor(extract(epoch from c.block_time) / 86400)::int - 1) * 24 as from_hour
  from network n join chain c on c.chain_id = n.chain_id where n.id = $1
), judged as (
  -- Of other hours there are no verdicts, and nobody has to be placed.
  select exists (
    select from network_hour h where h.network_id = $1 and h.hour >= $2::int and h.hour < $3::int
  ) as is_any
), version as (
  -- The first of each is what was said when its first session was opened.
  select h.node_key, h.node_id, coalesce(v.provider_id, h.provider_id) as provider_id, v.region, v.gpu_model,
    greatest(coalesce(v.gpu_count, 0), 0) as gpus, coalesce(v.height_from, -1) as height_from,
    case when o.is_opened then 0 else floor(extract(epoch from coalesce(b.time, f.time)) / 3600)::int end as from_hour
  from heartbeat_node h
  cross join (values (true), (false)) as o (is_opened)
  left join node_version v on v.node_id = h.node_id and not o.is_opened
  left join node f on f.id = v.node_id
  left join block b on b.chain_id = v.chain_id and b.height = v.height_from
  where h.network_id = $1 and (o.is_opened or v.node_id is not null) and (select is_any from judged)
), stay as (
  select *, lead(from_hour, 1, 2147483647) over (partition by node_key order by height_from) as to_hour from version
), placed as materialized (
  -- Machines that are alike in all that is asked bear one number.
  select s.node_key, s.from_hour, s.to_hour, coalesce(s.provider_id, p.id) as provider_id, s.region,
    coalesce(c.class, 'unknown') as hardware, s.gpus,
    dense_rank() over (
      order by coalesce(s.provider_id, p.id) collate "C", s.region collate "C", coalesce(c.class, 'unknown') collate "C", s.gpus
    ) as place
  from stay s
  left join hardware_class c on c.gpu_model = s.gpu_model
  left join provider p on p.id = s.node_id
  where s.from_hour < s.to_hour and s.from_hour < $3::int and s.to_hour > $2::int
), place as materialized (
  select distinct place, provider_id, region, hardware, gpus from placed
), item as (
  -- Most hours are full: of those no bit is counted.
  select v.node_key, v.hour, case when v.up = 1152921504606846975 then 60 else bit_count(v.up::bit(64))::int end as up,
    case when v.known = 1152921504606846975 then 60 else bit_count(v.known::bit(64))::int end as known,
    case when v.expected = 1152921504606846975 then 60 else bit_count(v.expected::bit(64))::int end as expected,
    case when v.maintenance is null then 0 else bit_count((v.known & v.maintenance)::bit(64))::int end as maintenance,
    case when v.maintenance is null then 0 else bit_count((v.up & v.maintenance)::bit(64))::int end as maintenance_up,
    0 as began, 0 as ended
  from node_verdict v
  where v.hour >= $2::int and v.hour < $3::int
  union all
  select o.node_key, o.from_slot / 60, 0, 0, 0, 0, 0, 1, 0
  from outage o
  where o.from_slot >= $2::int * 60 and o.from_slot < $3::int * 60
  union all
  select o.node_key, o.last_slot / 60, 0, 0, 0, 0, 0, 0, 1
  from outage o
  where o.ended and o.last_slot >= $2::int * 60 and o.last_slot < $3::int * 60
), alike as materialized (
  select i.hour, p.place, (count(*) filter (where i.known > 0))::int as nodes, sum(i.up)::int as up, sum(i.known)::int as known,
    sum(i.expected)::int as expected, sum(i.maintenance)::int as maintenance, sum(i.maintenance_up)::int as maintenance_up,
    sum(i.began)::int as began, sum(i.ended)::int as ended
  from item i
  join placed p on p.node_key = i.node_key and i.hour >= p.from_hour and i.hour < p.to_hour
  group by i.hour, p.place
), summed as (
  select a.hour, p.region, p.hardware, grouping(p.region, p.hardware) as others, sum(a.nodes) as nodes, sum(a.up) as up,
    sum(a.known) as known, sum(a.expected) as expected, sum(a.maintenance) as maintenance, sum(a.maintenance_up) as maintenance_up,
    sum(p.gpus::bigint * a.up) as gpu_up, sum(p.gpus::bigint * a.known) as gpu_known, sum(a.began) as began, sum(a.ended) as ended
  from alike a
  join place p on p.place = a.place
  group by grouping sets ((a.hour), (a.hour, p.region), (a.hour, p.hardware))
), provided as (
  select a.hour, p.provider_id, sum(a.nodes) as nodes, sum(a.up) as up, sum(a.known) as known, sum(a.expected) as expected,
    sum(a.maintenance) as maintenance, sum(a.maintenance_up) as maintenance_up
  from alike a
  join place p on p.place = a.place
  where p.provider_id is not null
  group by a.hour, p.provider_id
), told as (
  select case others when 3 then 'network' when 1 then 'region' else 'hardware' end as kind,
    case others when 3 then $1 when 1 then $1 || ':region:' || region else $1 || ':gpu:' || hardware end as subject, hour, nodes,
    case when known > maintenance then nodes else 0 end as sla_nodes, up, known, expected, maintenance, maintenance_up,
    gpu_up, gpu_known, began, ended
  from summed
  union all
  select 'provider', provider_id, case when hour >= (select from_hour from detail) then hour else hour / 24 * 24 end,
    sum(nodes), coalesce(sum(nodes) filter (where known > maintenance), 0), sum(up), sum(known), sum(expected), sum(maintenance),
    sum(maintenance_up), 0, 0, 0, 0
  from provided
  group by 2, 3
)
select m.metric, t.kind, t.subject, t.hour, m.num, m.den, m.n::bigint as n, null::jsonb as detail
from told t
cross join lateral (
  values
    ('reliability.uptime', t.up, t.known, t.nodes, t.known > 0),
    ('reliability.uptimeSla', t.up - t.maintenance_up, t.known - t.maintenance, t.sla_nodes, t.known > t.maintenance),
    ('reliability.coverage', t.known, t.expected, t.nodes, t.expected > 0),
    ('reliability.capacityUptime', t.gpu_up, t.gpu_known, t.nodes, t.gpu_known > 0 and t.kind <> 'provider'),
    ('reliability.downSlots', t.known - t.up, null, t.nodes, t.known > 0 and t.kind <> 'provider'),
    ('reliability.outages', t.began, null, t.nodes, t.known > 0 and t.kind <> 'provider'),
    ('reliability.repairs', t.ended, null, t.nodes, t.known > 0 and t.kind <> 'provider')
) as m (metric, num, den, n, is_known)
where t.subject is not null and m.is_known
