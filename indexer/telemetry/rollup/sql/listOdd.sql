-- The batches themselves ($1 delegations, $2 counters), of slot $3, and those of later slots with lower counters.
select distinct b.delegation_key as "delegationKey", b.counter, b.first_slot as "firstSlot", b.last_slot as "lastSlot"
from unnest($1::int[], $2::int[]) as clone (delegation_key, counter)
join beat_batch b on b.delegation_key = clone.delegation_key
where b.last_slot between $3 and $3 + 3
  and (b.counter = clone.counter or (b.counter < clone.counter and b.first_slot > $3))
