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
found as (
  select s.job_id from heights h join job_step s on s.chain_id = $2 and s.height between h.low and h.high
  union
  select p.job_id from heights h join payout p on p.chain_id = $2 and p.height between h.low and h.high
  where p.network_id = $1 and p.job_id is not null
  union
  select t.job_id from heights h join stake_change c on c.chain_id = $2 and c.height between h.low and h.high
  join task t on t.id = c.task_id
  where c.network_id = $1 and c.kind = 'slashed' and c.task_id is not null
  union
  select v.job_id from heights h join verification v on v.chain_id = $2 and v.height between h.low and h.high
  where v.network_id = $1 and v.job_id is not null
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
  select o.job_id from looked l join task_outcome o
    on o.network_id = $1 and o.known_from >= l.from_time and o.known_from < l.to_time
  union
  select o.job_id from looked l join task_outcome o
    on o.network_id = $1 and o.known_to >= l.from_time and o.known_to < l.to_time and o.known_to is not null
  union
  select o.job_id from looked l join task_outcome o
    on o.network_id = $1 and o.paid_time >= l.from_time and o.paid_time < l.to_time and o.paid_time > o.known_from
  union
  select r.job_id from looked l join task_running r
    on r.network_id = $1 and r.last_time >= l.from_time and r.last_time < l.to_time
  union
  select job_id from task_outcome where network_id = $1 and derived and known_from >= to_timestamp($7::int8)
    and known_from < coalesce(to_timestamp($8::int8), 'infinity')
)
select j.id, j.volume from found f join job j on j.id = f.job_id and j.network_id = $1
union
select s.job_id, coalesce(j.volume, 0) from stored s left join job j on j.id = s.job_id
