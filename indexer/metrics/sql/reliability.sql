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
  select h.node_key, h.provider_id as opened_for, v.height_from, v.provider_id, v.region, v.gpu_model,
    greatest(coalesce(v.gpu_count, 0), 0) as gpus, floor(extract(epoch from coalesce(b.time, f.time)) / 3600)::int as from_hour
  from heartbeat_node h
  join node f on f.id = h.node_id
  join node_version v on v.node_id = h.node_id
  left join block b on b.chain_id = v.chain_id and b.height = v.height_from
  where h.network_id = $1 and (select is_any from judged)
), stay as (
  select node_key, from_hour, lead(from_hour, 1, 2147483647) over (partition by node_key order by height_from) as to_hour,
    coalesce(provider_id, opened_for) as provider_id, region, gpu_model, gpus
  from version
  union all
  select h.node_key, 0, coalesce(v.from_hour, 2147483647), h.provider_id, null, null, 0
  from heartbeat_node h
  left join (select node_key, min(from_hour) as from_hour from version group by node_key) as v on v.node_key = h.node_key
  where h.network_id = $1 and (select is_any from judged)
), placed as materialized (
  -- Machines that are alike in all that is asked bear one number.
  select s.node_key, s.from_hour, s.to_hour, coalesce(s.provider_id, p.id) as provider_id, s.region,
    coalesce(c.class, 'unknown') as hardware, s.gpus,
    dense_rank() over (
      order by coalesce(s.provider_id, p.id) collate "C", s.region collate "C", coalesce(c.class, 'unknown') collate "C", s.gpus
    ) as place
  from stay s
  left join hardware_class c on c.gpu_model = s.gpu_model
  left join heartbeat_node h on h.node_key = s.node_key and s.provider_id is null
  left join provider p on p.id = h.node_id
  where s.from_hour < s.to_hour and s.from_hour < $3::int and s.to_hour > $2::int
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
), alike as (
  select i.hour, p.place, (count(*) filter (where i.known > 0))::int as nodes, sum(i.up)::int as up, sum(i.known)::int as known,
    sum(i.expected)::int as expected, sum(i.maintenance)::int as maintenance, sum(i.maintenance_up)::int as maintenance_up,
    sum(i.began)::int as began, sum(i.ended)::int as ended
  from item i
  join placed p on p.node_key = i.node_key and i.hour >= p.from_hour and i.hour < p.to_hour
  group by i.hour, p.place
), summed as (
  select a.hour, p.provider_id, p.region, p.hardware, grouping(p.provider_id, p.region, p.hardware) as others,
    sum(a.nodes) as nodes, sum(a.up) as up, sum(a.known) as known, sum(a.expected) as expected, sum(a.maintenance) as maintenance,
    sum(a.maintenance_up) as maintenance_up, sum(p.gpus::bigint * a.up) as gpu_up, sum(p.gpus::bigint * a.known) as gpu_known,
    sum(a.began) as began, sum(a.ended) as ended
  from alike a
  join (select distinct place, provider_id, region, hardware, gpus from placed) as p on p.place = a.place
  group by grouping sets ((a.hour), (a.hour, p.provider_id), (a.hour, p.region), (a.hour, p.hardware))
), named as materialized (
  select s.*, case others when 7 then 'network' when 3 then 'provider' when 5 then 'region' else 'hardware' end as kind,
    case others when 7 then $1 when 3 then provider_id when 5 then $1 || ':region:' || region
      else $1 || ':gpu:' || hardware end as subject, s.hour >= (select from_hour from detail) as is_detailed
  from summed s
), told as (
  select kind, subject, hour, nodes, case when known > maintenance then nodes else 0 end as sla_nodes, up, known, expected, maintenance,
    maintenance_up, gpu_up, gpu_known, began, ended
  from named where kind <> 'provider' or is_detailed
  union all
  select kind, subject, hour / 24 * 24, sum(nodes), coalesce(sum(nodes) filter (where known > maintenance), 0), sum(up), sum(known),
    sum(expected), sum(maintenance), sum(maintenance_up), 0, 0, 0, 0
  from named where kind = 'provider' and not is_detailed
  group by kind, subject, hour / 24
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
