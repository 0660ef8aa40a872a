-- Flags ($4 why) the nodes of batches ($1 delegations, $2 counters) in slot $3. What is new is marked, for
-- its hour may be closed and rolled already.
with flagged as (
  insert into beat_flag as f (node_key, hour, reason, slots)
  select distinct b.node_key, $3::int / 60, $4, 1::bigint << ($3::int % 60)
  from heartbeat b
  join unnest($1::int[], $2::int[]) as odd (delegation_key, counter)
    on odd.delegation_key = b.delegation_key and odd.counter = b.counter
  where b.slot = $3
  order by b.node_key
  on conflict (node_key, hour, reason) do update set slots = f.slots | excluded.slots
  where f.slots <> (f.slots | excluded.slots)
  returning f.node_key, f.hour
)
insert into mark (family, subject, hour)
select distinct 'uptime', n.network_id, to_timestamp(f.hour * 3600::bigint)
from flagged f
join heartbeat_node n on n.node_key = f.node_key
