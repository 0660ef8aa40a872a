-- $1 chain, $2 first height, $3 last height. What these blocks add to each provider, from the facts themselves.
insert into provider_delta (
  chain_id, height, provider_id, time, jobs, tasks_completed, tasks_failed, stake, rewarded, slashed, paid)
select $1, height, provider_id, max(time), sum(jobs), sum(completed), sum(failed),
  sum(stake), sum(rewarded), sum(slashed), sum(paid)
from (
  select height, provider_id, time, 1 as jobs, 0 as completed, 0 as failed,
    0::numeric as stake, 0::numeric as rewarded, 0::numeric as slashed, 0::numeric as paid
  from job
  where chain_id = $1 and height between $2 and $3 and provider_id is not null
  union all
  select s.height, j.provider_id, s.time, 0, (s.kind = 'completed')::int, (s.kind = 'failed')::int, 0, 0, 0, 0
  from job_step s
  join job j on j.id = s.job_id
  where s.chain_id = $1 and s.height between $2 and $3 and s.kind in ('completed', 'failed')
    and j.provider_id is not null
  union all
  select height, provider_id, time, 0, 0, 0, delta,
    case kind when 'rewarded' then amount else 0 end,
    case when kind = 'slashed' and delta <> 0 then amount else 0 end,
    0
  from stake_change
  where chain_id = $1 and height between $2 and $3 and provider_id is not null
  union all
  select height, provider_id, time, 0, 0, 0, 0, 0, 0,
    amount
  from payout
  where chain_id = $1 and height between $2 and $3 and provider_id is not null and for_work
) fact
group by height, provider_id
