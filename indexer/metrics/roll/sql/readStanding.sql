-- $1 network. Where its chain's head is, how far it is rolled and by which methods, and where its first fact or reading lies.
select c.height, c.block_time as time, p.rolled_height, p.rolled_time, p.method_digest,
  exists (select from deferred_index) as deferred,
  least(
    (select floor(extract(epoch from min(b.time)) / 3600) from block b where b.chain_id = c.chain_id),
    (select min(h.first_slot) / 60 from heartbeat_node h where h.network_id = n.id)
  )::integer as first_hour
from network n
join chain c on c.chain_id = n.chain_id
left join metric_progress p on p.network_id = n.id
where n.id = $1
