-- $1 chain. Facts that no stored log could have brought, and facts above the cursor.
with fact as (
  select 'job_step' as name, height, log_index from job_step where chain_id = $1
  union all
  select 'attempt', height, log_index from attempt where chain_id = $1
  union all
  select 'verification', height, log_index from verification where chain_id = $1
  union all
  select 'payout', height, log_index from payout where chain_id = $1
  union all
  select 'stake_change', height, log_index from stake_change where chain_id = $1
  union all
  select 'price', height, log_index from price where chain_id = $1
  union all
  select 'escrow_change', height, log_index from escrow_change where chain_id = $1
  union all
  select 'balance_statement', height, log_index from balance_statement where chain_id = $1
  union all
  select 'parameter_change', height, log_index from parameter_change where chain_id = $1
  union all
  select 'feed_answer', height, log_index from feed_answer where chain_id = $1
)
select f.name || ' ' || f.height || '-' || f.log_index as subject, f.height, 'comes from a log that is not stored' as detail
from fact f
where not exists (
  select from event e where e.chain_id = $1 and e.height = f.height and e.log_index = f.log_index)
union all
select noun.name || ' ' || noun.id, noun.height, 'was born in a block without a stored log'
from (
  select 'provider' as name, id, height from provider where chain_id = $1
  union all
  select 'node', id, height from node where chain_id = $1
  union all
  select 'job', id, height from job where chain_id = $1
  union all
  select 'task', id, height from task where chain_id = $1
) noun
where not exists (select from event e where e.chain_id = $1 and e.height = noun.height)
union all
select 'log ' || e.height || '-' || e.log_index, e.height, 'lies above the last written block'
from event e
join chain c on c.chain_id = e.chain_id
where e.chain_id = $1 and e.height > coalesce(c.height, -1)
