-- $1 chain. Kept counts of jobs that are not how many there are.
with counted as (
  select kind, value, network_id, jobs from job_count
  where jobs <> 0 and network_id in (select id from network where chain_id = $1)
), expected as (
  select 'status' as kind, status as value, network_id, count(*) as jobs from job where chain_id = $1 group by status, network_id
  union all
  select 'buyer', buyer, network_id, count(*) from job where chain_id = $1 and buyer is not null group by buyer, network_id
)
select coalesce(c.network_id, e.network_id) as subject, null::bigint as height,
  format('stored %s jobs of %s %s, there are %s', coalesce(c.jobs, 0), coalesce(c.kind, e.kind), coalesce(c.value, e.value),
    coalesce(e.jobs, 0)) as detail
from counted c
full join expected e on e.kind = c.kind and e.value = c.value and e.network_id = c.network_id
where c.jobs is distinct from e.jobs
