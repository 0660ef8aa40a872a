-- $1 chain, $2 first height, $3 last height. mark(family, subject, hour) for whatever these blocks touch.
insert into mark (family, subject, hour)
select distinct family, subject, date_trunc('hour', time, 'UTC')
from (
  select 'jobs' as family, named.provider_id as subject, s.time
  from job_step s
  join job j on j.id = s.job_id
  cross join lateral (values (s.provider_id), (j.provider_id)) as named (provider_id)
  where s.chain_id = $1 and s.height between $2 and $3 and named.provider_id is not null
  union all
  select 'stake', provider_id, time from stake_change
  where chain_id = $1 and height between $2 and $3 and provider_id is not null
  union all
  select 'payout', provider_id, time from payout
  where chain_id = $1 and height between $2 and $3 and provider_id is not null and for_work
  union all
  select 'network', network_id, time from network_delta
  where chain_id = $1 and height between $2 and $3
) touched
