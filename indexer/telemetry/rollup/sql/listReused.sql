-- Batches whose last slot is $1, of delegations from $2 to $3, and what another observer has under their counters that is not
-- the same. The other one is looked up by its key.
select b.delegation_key as "delegationKey", b.counter, least(b.first_slot, other.first_slot) as "firstSlot",
  greatest(b.last_slot, other.last_slot) as "lastSlot"
from beat_batch b
cross join lateral (
  select o.first_slot, o.last_slot
  from beat_batch o
  where o.delegation_key = b.delegation_key and o.counter = b.counter and o.observer <> b.observer and o.digest <> b.digest
  limit 1
) as other
where b.last_slot = $1 and b.delegation_key between $2 and $3
