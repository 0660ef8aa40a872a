-- The slots and outages of nodes, by the day, with what each was when the day ended, as the chain said. Those that are alike in all of it
-- are one row. A repair counts with the whole length of its outage, on the day on which that was down last; rows of outages are of
-- no further nodes.
with version as (
  select node_key, region, gpu_model, from_hour,
    lead(from_hour, 1, 2147483647) over (partition by node_key order by height_from) as to_hour
  from (
    select h.node_key, v.height_from, v.region, v.gpu_model, floor(extract(epoch from coalesce(b.time, f.time)) / 3600)::int as from_hour
    from heartbeat_node h
    join node f on f.id = h.node_id
    join node_version v on v.node_id = h.node_id
    left join block b on b.chain_id = v.chain_id and b.height = v.height_from
    where h.network_id = $1
  ) as begun
), item as (
  select node_key, day, up::int as up, known::int as known, 1 as nodes, 0 as failures, 0 as repairs, 0 as repaired_down
  from node_day
  where day >= $2::int / 24 and day < $3::int / 24 and expected > 0
  union all
  select node_key, from_slot / 1440, 0, 0, 0, 1, 0, 0 from outage where from_slot >= $2::int * 60 and from_slot < $3::int * 60
  union all
  select node_key, last_slot / 1440, 0, 0, 0, 0, 1, down from outage
  where ended and last_slot >= $2::int * 60 and last_slot < $3::int * 60
)
select $1 as network, i.day, v.region, coalesce(c.class, 'unknown') as hardware, i.up, i.known, sum(i.nodes)::int as nodes,
  sum(i.failures)::int as failures, sum(i.repairs)::int as repairs, sum(i.repaired_down)::bigint as "repairedDown"
from item i
join heartbeat_node n on n.node_key = i.node_key and n.network_id = $1
left join version v on v.node_key = i.node_key and i.day * 24 + 23 >= v.from_hour and i.day * 24 + 23 < v.to_hour
left join hardware_class c on c.gpu_model = v.gpu_model
group by i.day, v.region, coalesce(c.class, 'unknown'), i.up, i.known
