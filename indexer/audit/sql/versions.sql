-- $1 chain. Providers whose versions leave a gap or overlap, or whose columns are not those of the open version.
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
  and (p.owner, p.name, p.uri, p.active, p.terms) is distinct from (v.owner, v.name, v.uri, v.active, v.terms)
