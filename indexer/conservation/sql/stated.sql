-- $1 chain, above block $2, up to block $3. Balances that a log states and that the changes since the statement before do
-- not come to.
with asked as (
  select s.*, rule.name as rule, (n.conservation -> rule.name ->> 'silentMoves')::boolean as silent_moves
  from balance_statement s
  join network n on n.id = s.network_id
  cross join lateral (select case s.kind when 'stake' then 'statedStake' else 'statedEscrow' end as name) rule
  where s.chain_id = $1 and s.height > $2 and s.height <= $3 and jsonb_typeof(n.conservation -> rule.name) = 'object'
), compared as (
  select a.*, before.height as height_before, coalesce(before.amount, 0) + change.amount as expected, change.count
  from asked a
  left join lateral (
    select s.amount, s.height, s.log_index
    from balance_statement s
    where s.account = a.account and s.network_id = a.network_id and s.kind = a.kind
      and s.subaccount is not distinct from a.subaccount
      and (s.height, s.log_index, s.part) < (a.height, a.log_index, a.part)
    order by s.height desc, s.log_index desc, s.part desc
    limit 1
  ) before on true
  cross join lateral (
    select coalesce(sum(effect), 0) as amount, count(*) as count
    from (
      select c.delta as effect
      from stake_change c
      where a.kind = 'stake' and c.account = a.account and c.network_id = a.network_id
        and (c.height, c.log_index) <= (a.height, a.log_index)
        and (c.height, c.log_index) > (coalesce(before.height, -1), coalesce(before.log_index, -1))
      union all
      select c.delta
      from escrow_change c
      where a.kind = 'escrow' and c.account = a.account and c.network_id = a.network_id
        and c.subaccount is not distinct from a.subaccount
        and (c.height, c.log_index) <= (a.height, a.log_index)
        and (c.height, c.log_index) > (coalesce(before.height, -1), coalesce(before.log_index, -1))
    ) effects
  ) change
)
select distinct on (height, log_index, account)
  height, log_index, rule, account as subject, network_id, token, expected, amount as got, time, tx_hash
from compared
where expected <> amount and (not silent_moves or (height_before is not null and count > 0))
order by height, log_index, account, part
