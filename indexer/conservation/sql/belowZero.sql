-- $1 chain, above block $2, up to block $3. Blocks after which less than nothing is held for a job or an account, or bonded
-- to a provider; one that stays below is told once.
with change as (
  select 'escrow' as rule, n.conservation -> 'escrow' ->> 'per' as per, c.network_id, c.token, c.height, c.log_index,
    c.time, c.tx_hash, c.delta,
    case n.conservation -> 'escrow' ->> 'per' when 'job' then c.job_id else c.account end as subject
  from escrow_change c join network n on n.id = c.network_id
  where c.chain_id = $1 and c.height > $2 and c.height <= $3 and jsonb_typeof(n.conservation -> 'escrow') = 'object'
  union all
  select 'stake', 'provider', c.network_id, c.token, c.height, c.log_index, c.time, c.tx_hash, c.delta, c.provider_id
  from stake_change c join network n on n.id = c.network_id
  where c.chain_id = $1 and c.height > $2 and c.height <= $3 and n.conservation -> 'stake' = 'true' and c.delta <> 0
), block as (
  select rule, per, network_id, token, subject, height, sum(delta) as delta, max(log_index) as log_index,
    min(time) as time, (array_agg(tx_hash order by log_index desc))[1] as tx_hash
  from change where subject is not null
  group by rule, per, network_id, token, subject, height
), subject as (
  select distinct rule, per, network_id, token, subject from block
), opening as (
  select s.rule, s.network_id, s.token, s.subject,
    coalesce(of_job.amount, 0) + coalesce(of_account.amount, 0) + coalesce(of_provider.amount, 0) as amount
  from subject s
  left join lateral (
    select sum(c.delta) as amount from escrow_change c
    where $2 >= 0 and s.per = 'job' and c.job_id = s.subject and c.token = s.token and c.height <= $2
  ) of_job on true
  left join lateral (
    select sum(c.delta) as amount from escrow_change c
    where $2 >= 0 and s.per = 'account' and c.account = s.subject and c.network_id = s.network_id
      and c.token = s.token and c.height <= $2
  ) of_account on true
  left join lateral (
    select sum(c.delta) as amount from stake_change c
    where $2 >= 0 and s.per = 'provider' and c.provider_id = s.subject and c.token = s.token and c.height <= $2
  ) of_provider on true
), running as (
  select b.*, o.amount + sum(b.delta) over (
    partition by b.rule, b.network_id, b.token, b.subject order by b.height) as amount
  from block b
  join opening o using (rule, network_id, token, subject)
)
select height, log_index, rule, subject, network_id, token, 0::numeric as expected, amount as got, time, tx_hash
from running
where amount < 0 and amount - delta >= 0
