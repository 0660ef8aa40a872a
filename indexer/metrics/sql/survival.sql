-- $1 network, hours from $2 up to $3, whole days. By day and provider, how long each attempt had gone on when the first word on it
-- came, or when the day ended (or the last block was read) without one: lists of seconds in no order, by how it ended; of `others` it
-- goes on or was given up. An attempt is looked at on each day that it was going on.
with day as (
  select d.day, to_timestamp(d.day::int8 * 86400) as from_time,
    least(to_timestamp((d.day + 1)::int8 * 86400), c.block_time + interval '1 second') as until
  from network n
  join chain c on c.chain_id = n.chain_id
  cross join generate_series($2::int / 24, ($3::int - 1) / 24) as d (day)
  where n.id = $1 and to_timestamp(d.day::int8 * 86400) <= c.block_time
),
word as (
  select o.provider_id, o.assigned_time, o.known_from, o.kind
  from task_outcome o
  where o.network_id = $1 and o.known_from >= to_timestamp($2::int8 * 3600) and o.provider_id is not null
    and o.assigned_time < to_timestamp($3::int8 * 3600)
    and not exists (
      select from task_outcome e
      where e.job_id = o.job_id and e.task_id = o.task_id and e.part < o.part and e.provider_id = o.provider_id
        and e.assigned_time = o.assigned_time
    )
),
observed as (
  select d.day, w.provider_id, least(w.known_from, d.until) - w.assigned_time as span,
    case
      when w.known_from >= d.until then 'none'
      when w.kind in ('completed', 'disputeWon') then 'complete'
      when w.kind in ('failed', 'timedOut', 'rejected', 'disputeLost', 'slashed') then 'fail'
      else 'none'
    end as fate
  from word w
  join day d on w.assigned_time < d.until and w.known_from >= d.from_time
  union all
  select d.day, r.provider_id, d.until - r.assigned_time, 'none'
  from task_running r
  join day d on r.assigned_time < d.until
  where r.network_id = $1
)
select day * 24 as hour, $1 as network, provider_id as provider, json_agg(seconds) filter (where fate = 'complete') as completed,
  json_agg(seconds) filter (where fate = 'fail') as failed, json_agg(seconds) filter (where fate = 'none') as others
from (select day, provider_id, date_part('epoch', span) as seconds, fate from observed) as looked_at
group by day, provider_id
