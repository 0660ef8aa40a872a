-- $1 network, $2 GPU models as nodes write them, $3 the class of each. One number that tells which provider, region and class each
-- machine belongs to, as `sumGroupWindows` has it.
select coalesce(sum(hashtextextended(
  row (h.node_id, coalesce(f.provider_id, h.provider_id, p.id), f.region, c.id)::text, 0)), 0)::text as members
from heartbeat_node h
left join node f on f.id = h.node_id
left join provider p on p.id = h.node_id
left join unnest($2::text[], $3::text[]) as c (gpu_model, id) on c.gpu_model = f.gpu_model
where h.network_id = $1
