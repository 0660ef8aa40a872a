-- Whose each machine was and what it was, by the hour, as reliability.sql of the roller has it: by what the chain had said when the hour
-- ended, and before the chain knew it, by whose it was when its first session was opened.
select s.node_key, s.node_id, coalesce(s.provider_id, p.id) as provider_id, s.region, s.gpu_model, s.gpus, s.from_hour, s.to_hour
from (
  select *, lead(from_hour, 1, 2147483647) over (partition by node_key order by height_from) as to_hour
  from (
    select h.node_key, h.node_id, coalesce(v.provider_id, h.provider_id) as provider_id, v.region, v.gpu_model,
      greatest(coalesce(v.gpu_count, 0), 0) as gpus, coalesce(v.height_from, -1) as height_from,
      case when o.is_opened then 0 else floor(extract(epoch from coalesce(b.time, f.time)) / 3600)::int end as from_hour
    from heartbeat_node h
    cross join (values (true), (false)) as o (is_opened)
    left join node_version v on v.node_id = h.node_id and not o.is_opened
    left join node f on f.id = v.node_id
    left join block b on b.chain_id = v.chain_id and b.height = v.height_from
    where h.network_id = $1 and (o.is_opened or v.node_id is not null)
  ) as begun
) as s
left join provider p on p.id = s.node_id
where s.from_hour < s.to_hour
