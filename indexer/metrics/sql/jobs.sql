-- $1 network, hours from $2 up to $3. Outcomes that stand, in the hour from which on they are known; disputes in that in which they
-- were opened; jobs in that in which they were announced. Of providers and buyers the hours are kept from the day before the head's
-- on; where all that is asked for lies before that, theirs stand in the first hour of their day, as sums, which is all that is kept.
with grain as materialized (
  select $3::int <= (floor(extract(epoch from c.block_time) / 86400)::int - 1) * 24 as is_coarse
  from network n join chain c on c.chain_id = n.chain_id where n.id = $1
),
standing as materialized (
  select at.hour, case when g.is_coarse then greatest(at.hour / 24 * 24, $2::int) else at.hour end as bucket, o.provider_id, o.hardware, o.region, o.buyer, o.kind,
    o.known_to is null as stands, o.known_to is null and o.kind in ('completed', 'disputeWon') as is_good,
    o.known_to is null and o.kind in ('failed', 'timedOut', 'rejected', 'disputeLost', 'slashed') as is_bad,
    -- Null: it says nothing of a promise.
    case
      when o.known_to is not null or o.deadline is null then null
      when o.kind = 'completed' then o.known_from <= o.deadline
      when o.kind = 'disputeWon' then coalesce(
        (
          select min(e.known_from) from task_outcome e
          where e.job_id = o.job_id and e.task_id = o.task_id and e.kind = 'completed' and e.part < o.part
            and e.assigned_time is not distinct from o.assigned_time
        ), o.known_from) <= o.deadline
      when o.kind = 'timedOut' or (o.kind = 'slashed' and o.known_from >= o.deadline) then false
    end as is_kept
  from grain g cross join task_outcome o
  cross join lateral (select floor(date_part('epoch', o.known_from) / 3600)::int as hour) as at
  where o.network_id = $1 and (o.known_to is null or o.kind = 'disputed')
    and o.known_from >= to_timestamp($2::int8 * 3600) and o.known_from < to_timestamp($3::int8 * 3600)
),
counted as (
  select coalesce(hour, bucket) as hour,
    case
      when grouping(provider_id) = 0 then 'provider'
      when grouping(hardware) = 0 then 'hardware'
      when grouping(region) = 0 then 'region'
      when grouping(buyer) = 0 then 'buyer'
      else 'network'
    end as kind,
    case
      when grouping(provider_id) = 0 then provider_id
      when grouping(hardware) = 0 then $1 || ':gpu:' || hardware
      when grouping(region) = 0 then $1 || ':region:' || region
      when grouping(buyer) = 0 then $1 || ':' || buyer
      else $1
    end as subject,
    count(*) filter (where is_good) as good,
    count(*) filter (where is_good or is_bad) as decided,
    count(*) filter (where stands and kind = 'timedOut') as timed_out,
    count(*) filter (where kind = 'disputed') as disputed,
    count(*) filter (where stands and kind = 'disputeLost') as lost,
    count(*) filter (where stands and kind = 'slashed') as slashed,
    count(*) filter (where stands and kind in ('cancelled', 'failedByBuyer')) as excluded,
    count(*) filter (where is_kept) as kept,
    count(is_kept) as promised
  from standing
  group by grouping sets ((hour), (hour, hardware), (hour, region), (bucket, provider_id), (bucket, buyer))
),
opened as materialized (
  select at.hour, case when g.is_coarse then greatest(at.hour / 24 * 24, $2::int) else at.hour end as bucket, j.buyer, count(*) as jobs
  from grain g cross join job j
  cross join lateral (select floor(date_part('epoch', j.time) / 3600)::int as hour) as at
  where j.network_id = $1 and j.time >= to_timestamp($2::int8 * 3600) and j.time < to_timestamp($3::int8 * 3600)
  group by 1, 2, 3
)
select figure.metric, c.kind, c.subject, c.hour, figure.num, figure.den, figure.n, null::jsonb as detail
from counted c
cross join lateral (
  values
    ('jobs.tasksDecided', c.decided, null, c.decided),
    ('jobs.success', c.good, c.decided, c.decided),
    ('jobs.timedOut', c.timed_out, null, c.timed_out),
    ('jobs.disputed', c.disputed, null, c.disputed),
    ('jobs.disputesLost', c.lost, null, c.lost),
    ('jobs.slashed', c.slashed, null, c.slashed),
    ('jobs.excluded', c.excluded, null, c.excluded),
    ('jobs.onTime', c.kept, c.promised, c.promised)
) as figure (metric, num, den, n)
where c.subject is not null and figure.n > 0
union all
select 'jobs.opened', 'network', $1, hour, sum(jobs), null, sum(jobs)::int8, null from opened group by hour
union all
select 'jobs.opened', 'buyer', $1 || ':' || buyer, bucket, sum(jobs), null, sum(jobs)::int8, null
from opened where buyer is not null group by bucket, buyer
