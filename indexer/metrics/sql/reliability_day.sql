-- The slots and outages of every node, by the day, with what it was when the day ended, as the chain said. A repair counts with the
-- whole length of its outage, on the day on which that was down last.
with version as (
  select node_key, region, gpu_model, gpus, from_hour,
    lead(from_hour, 1, 2147483647) over (partition by node_key order by height_from) as to_hour
  from (
    select h.node_key, v.height_from, v.region, v.gpu_model, greatest(coalesce(v.gpu_count, 0), 0) as gpus,
      floor(extract(epoch from coalesce(
        (select b.time from block b where b.chain_id = v.chain_id and b.height = v.height_from), f.time
      )) / 3600)::int as from_hour
    from heartbeat_node h
    join node f on f.id = h.node_id
    join node_version v on v.node_id = h.node_id
    where h.network_id = $1
  ) as begun
), began as (
  select node_key, from_slot / 1440 as day, count(*)::int as failures
  from outage join heartbeat_node using (node_key)
  where network_id = $1 and last_slot >= $2::int * 60 and from_slot >= $2::int * 60 and from_slot < $3::int * 60
  group by 1, 2
), ended as (
  select node_key, last_slot / 1440 as day, count(*)::int as repairs, sum(down)::int as repaired_down
  from outage join heartbeat_node using (node_key)
  where network_id = $1 and ended and last_slot >= $2::int * 60 and last_slot < $3::int * 60
  group by 1, 2
)
select $1 as network, d.day, d.up::int as up, d.known::int as known, coalesce(v.gpus, 0) as gpus, v.region,
  coalesce(c.class, 'unknown') as hardware, coalesce(b.failures, 0) as failures, coalesce(e.repairs, 0) as repairs,
  coalesce(e.repaired_down, 0) as "repairedDown"
from node_day d
join heartbeat_node n on n.node_key = d.node_key and n.network_id = $1
left join version v on v.node_key = d.node_key and d.day * 24 + 23 >= v.from_hour and d.day * 24 + 23 < v.to_hour
left join hardware_class c on c.gpu_model = v.gpu_model
left join began b on b.node_key = d.node_key and b.day = d.day
left join ended e on e.node_key = d.node_key and e.day = d.day
where d.day >= $2::int / 24 and d.day < $3::int / 24 and d.expected > 0
