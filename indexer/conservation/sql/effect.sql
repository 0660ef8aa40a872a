-- $1 chain, above block $2, up to block $3. Changes of stake and escrow whose effect on a balance is not what changed: the
-- whole amount with the sign of its kind, or with stake nothing, where it is no part of what is bonded or counted before.
select distinct on (height, log_index, subject)
  height, log_index, 'effect' as rule, subject, network_id, token, expected, delta as got, time, tx_hash
from (
  select height, log_index, part, coalesce(account, provider_id, task_id, network_id) as subject, network_id, token, delta, time, tx_hash,
    case
      when kind in ('locked', 'rewarded', 'credited') then amount
      when kind in ('unlocking', 'unlocked', 'withdrawn', 'slashed') then -amount
      else sign(delta) * amount
    end as expected,
    true as may_have_none
  from stake_change where chain_id = $1 and height > $2 and height <= $3
  union all
  select height, log_index, part, coalesce(job_id, account, network_id), network_id, token, delta, time, tx_hash,
    case kind when 'deposited' then amount when 'moved' then sign(delta) * amount else -amount end,
    false
  from escrow_change where chain_id = $1 and height > $2 and height <= $3
) change
where delta <> expected and not (may_have_none and delta = 0)
order by height, log_index, subject, part
