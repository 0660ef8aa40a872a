-- $1 network. Where its chain's head is, and how far it is rolled and by which methods.
select c.height, c.block_time as time, p.rolled_height, p.rolled_time, p.method_digest,
  exists (select from deferred_index) as deferred
from network n
join chain c on c.chain_id = n.chain_id
left join metric_progress p on p.network_id = n.id
where n.id = $1
