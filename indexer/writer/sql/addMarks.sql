-- $1 chain, $2 first height, $3 last height. mark(family, subject, hour) for whatever these blocks touch.
insert into mark (family, subject, hour)
select distinct family, subject, date_trunc('hour', time, 'UTC')
from (
  select 'jobs' as family, provider_id as subject, time from provider_delta
  where chain_id = $1 and height between $2 and $3 and (jobs <> 0 or tasks_completed <> 0 or tasks_failed <> 0)
  union all
  select 'stake', provider_id, time from provider_delta
  where chain_id = $1 and height between $2 and $3 and (stake <> 0 or rewarded <> 0 or slashed <> 0)
  union all
  select 'payout', provider_id, time from provider_delta
  where chain_id = $1 and height between $2 and $3 and paid <> 0
  union all
  select 'network', network_id, time from network_delta
  where chain_id = $1 and height between $2 and $3
) touched
on conflict do nothing
