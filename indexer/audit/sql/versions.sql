-- $1 chain. Providers and nodes whose versions leave a gap or overlap, or whose columns are not those of the open one.
select v.provider_id as subject, v.height_from as height,
  format('ends at %s, the next version begins at %s', v.height_to, v.next_from) as detail
from (
  select provider_id, height_from, height_to,
    lead(height_from) over (partition by provider_id order by height_from) as next_from
  from provider_version where chain_id = $1
) v
where v.height_to is distinct from v.next_from
union all
select p.id, v.height_from, 'differs from its newest version'
from provider p
join provider_version v on v.provider_id = p.id and v.height_to is null
where p.chain_id = $1
  and (p.owner, p.name, p.uri, p.active, p.terms, p.altered)
    is distinct from (v.owner, v.name, v.uri, v.active, v.terms, v.altered)
union all
select v.node_id, v.height_from,
  format('ends at %s, the next version begins at %s', v.height_to, v.next_from)
from (
  select node_id, height_from, height_to,
    lead(height_from) over (partition by node_id order by height_from) as next_from
  from node_version where chain_id = $1
) v
where v.height_to is distinct from v.next_from
union all
select n.id, v.height_from, 'differs from its newest version'
from node n
join node_version v on v.node_id = n.id and v.height_to is null
where n.chain_id = $1
  and (n.provider_id, n.active, n.region, n.gpu_model, n.gpu_count, n.vram_mb, n.uri, n.terms, n.altered)
    is distinct from (v.provider_id, v.active, v.region, v.gpu_model, v.gpu_count, v.vram_mb, v.uri, v.terms, v.altered)
