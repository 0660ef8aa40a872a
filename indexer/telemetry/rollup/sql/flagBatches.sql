-- Flags ($4 why) the nodes of batches ($1 delegations, $2 counters) in slot $3.
insert into beat_flag as f (node_key, hour, reason, slots)
select distinct b.node_key, $3::int / 60, $4, 1::bigint << ($3::int % 60)
from heartbeat b
join unnest($1::int[], $2::int[]) as odd (delegation_key, counter)
  on odd.delegation_key = b.delegation_key and odd.counter = b.counter
where b.slot = $3
order by b.node_key
on conflict (node_key, hour, reason) do update set slots = f.slots | excluded.slots
where f.slots <> (f.slots | excluded.slots)
