-- Batches whose last slot is $1, of delegations from $2 to $3, that have a higher counter than a batch of later slots.
with later as (
  select delegation_key, min(counter) as counter
  from beat_batch
  where last_slot between $1 + 1 and $1 + 3 and first_slot > $1 and delegation_key between $2 and $3
  group by delegation_key
)
select b.delegation_key as "delegationKey", b.counter, min(b.first_slot) as "firstSlot"
from beat_batch b
join later l on l.delegation_key = b.delegation_key and l.counter < b.counter
where b.last_slot = $1 and b.delegation_key between $2 and $3
group by b.delegation_key, b.counter
