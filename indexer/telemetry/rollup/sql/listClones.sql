-- Of the batches ($1 delegations, $2 counters) those with a beat, in slots from $3 to $4, that was said otherwise under a
-- lower counter. The same beat under two counters is one whose answer was lost, and that was signed again.
with beat as materialized (
  select delegation_key, counter, node_key, slot, digest
  from heartbeat
  where slot between $3 and $4 and delegation_key = any ($1::int[])
)
select distinct b.delegation_key as "delegationKey", b.counter
from unnest($1::int[], $2::int[]) as back (delegation_key, counter)
join beat b on b.delegation_key = back.delegation_key and b.counter = back.counter
join beat e on e.delegation_key = b.delegation_key and e.node_key = b.node_key and e.slot = b.slot
where e.counter < b.counter and e.digest <> b.digest
