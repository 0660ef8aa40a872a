-- $1 network, $2 its chain, $3 and $4 ranges of time from and up to (unix s), $5 and $6 times after and up to which a deadline is
-- new (unix s, or null: from the first), $7 and $8 times from and up to which derived outcomes are looked at again (null: all),
-- $9 the head's time.
-- Jobs whose outcomes may have changed, each once, with how many tasks they have.
with asked as materialized (
  select to_timestamp(low) as from_time, to_timestamp(high) as to_time from unnest($3::int8[], $4::int8[]) as r (low, high)
),
-- Plus 0: by the index of times, not through all heights in search of the first that fits.
heights as materialized (
  select b.low, b.high
  from asked a
  cross join lateral (
    select min(height + 0) as low, max(height + 0) as high from block
    where chain_id = $2 and time >= a.from_time and time < a.to_time
  ) b
  where b.low is not null
),
-- Each look-up stands by itself (offset 0), so that it goes by its index however many rows the planner expects of it.
found as (
  select s.job_id from heights h cross join lateral (
    select job_id from job_step where chain_id = $2 and height between h.low and h.high offset 0
  ) s
  union
  select p.job_id from heights h cross join lateral (
    select job_id from payout
    where chain_id = $2 and height between h.low and h.high and network_id = $1 and job_id is not null offset 0
  ) p
  union
  select t.job_id from heights h cross join lateral (
    select task_id from stake_change
    where chain_id = $2 and height between h.low and h.high and network_id = $1 and kind = 'slashed' and task_id is not null
    offset 0
  ) c
  cross join lateral (select job_id from task where id = c.task_id offset 0) t
  union
  select v.job_id from heights h cross join lateral (
    select job_id from verification
    where chain_id = $2 and height between h.low and h.high and network_id = $1 and job_id is not null offset 0
  ) v
  union
  select id from job where network_id = $1 and deadline > coalesce(to_timestamp($5::int8), '-infinity')
    and deadline <= to_timestamp($6::int8)
),
-- What steps had said that were taken back, those above the head among them. A row that follows from a deadline does not stand in
-- the hour of what it was made of.
looked as materialized (
  select from_time, to_time from asked
  union all
  select to_timestamp($9::int8 + 1), 'infinity'
),
stored as (
  select o.job_id from looked l cross join lateral (
    select job_id from task_outcome
    where network_id = $1 and known_from >= l.from_time and known_from < l.to_time offset 0
  ) o
  union
  select o.job_id from looked l cross join lateral (
    select job_id from task_outcome
    where network_id = $1 and known_to >= l.from_time and known_to < l.to_time and known_to is not null offset 0
  ) o
  union
  select o.job_id from looked l cross join lateral (
    select job_id from task_outcome
    where network_id = $1 and paid_time >= l.from_time and paid_time < l.to_time and paid_time > known_from offset 0
  ) o
  union
  select r.job_id from looked l cross join lateral (
    select job_id from task_running where network_id = $1 and last_time >= l.from_time and last_time < l.to_time offset 0
  ) r
  union
  select job_id from task_outcome where network_id = $1 and derived and known_from >= to_timestamp($7::int8)
    and known_from < coalesce(to_timestamp($8::int8), 'infinity')
)
select f.job_id as id, j.volume
from found f
cross join lateral (select volume from job where id = f.job_id and network_id = $1 offset 0) j
union
select s.job_id, coalesce((select j.volume from job j where j.id = s.job_id), 0) from stored s
