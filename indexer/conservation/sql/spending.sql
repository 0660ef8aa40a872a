-- $1 chain, above block $2, up to block $3. Transactions that spend more or less of the escrow than they pay. A share of
-- others' penalties was paid for by an earlier transaction, and a withdrawal moves what was paid before.
with rule as (
  select id, conservation -> 'spending' ->> 'from' as source, conservation -> 'spending' ->> 'payouts' as payouts
  from network where chain_id = $1 and jsonb_typeof(conservation -> 'spending') = 'object'
), flow as (
  select c.height, c.log_index, c.network_id, c.token, c.time, c.tx_hash, -c.delta as spent, 0::numeric as paid
  from escrow_change c join rule r on r.id = c.network_id
  where c.chain_id = $1 and c.height > $2 and c.height <= $3 and c.kind = 'spent'
  union all
  select c.height, c.log_index, c.network_id, c.token, c.time, c.tx_hash, c.amount, 0
  from stake_change c join rule r on r.id = c.network_id
  where c.chain_id = $1 and c.height > $2 and c.height <= $3 and c.kind = 'slashed' and r.source = 'escrowAndSlashes'
  union all
  select p.height, p.log_index, p.network_id, p.token, p.time, p.tx_hash, 0, p.amount
  from payout p join rule r on r.id = p.network_id
  where p.chain_id = $1 and p.height > $2 and p.height <= $3 and p.role not in ('bonus', 'withdrawal')
    and (p.role <> 'penalty' or r.source = 'escrowAndSlashes') and (p.payer is not null or r.payouts = 'all')
)
select height, max(log_index) as log_index, 'spending' as rule, token as subject, network_id, token,
  sum(spent) as expected, sum(paid) as got, min(time) as time, tx_hash
from flow
group by height, tx_hash, network_id, token
having sum(spent) <> sum(paid)
