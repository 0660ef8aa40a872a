-- Slots from $1 to $2. One machine gives later slots higher counters. Where a batch has a higher counter than one of a later slot,
-- and its own slot was spoken for under a lower counter, too, another machine counts for itself. (Without the latter it is a
-- batch that had to be signed again.) Flagged are the nodes of both machines' batches.
with recent as (
  select delegation_key, counter, first_slot, last_slot,
    max(first_slot) over (
      partition by delegation_key order by counter rows between unbounded preceding and 1 preceding) as newest
  from beat_batch
  where last_slot between $1 and $2
), back as (
  select r.delegation_key, r.counter, r.first_slot, r.last_slot
  from recent r
  where r.last_slot < r.newest and exists (
    select from recent e
    where e.delegation_key = r.delegation_key and e.counter < r.counter
      and e.first_slot <= r.last_slot and e.last_slot >= r.first_slot)
), odd as (
  select delegation_key, counter from back
  union
  select e.delegation_key, e.counter
  from recent e
  join back b on b.delegation_key = e.delegation_key and e.counter < b.counter and e.first_slot > b.last_slot
)
insert into beat_flag as f (node_key, hour, reason, slots)
select h.node_key, h.slot / 60, 'clone', bit_or(1::bigint << (h.slot % 60))
from odd o
join heartbeat h on h.delegation_key = o.delegation_key and h.counter = o.counter
where h.slot between $1 - 3 and $2
group by h.node_key, h.slot / 60
order by h.node_key, h.slot / 60
on conflict (node_key, hour, reason) do update set slots = f.slots | excluded.slots
where f.slots <> (f.slots | excluded.slots)
