-- Money by hour: $1 network, hours from $2 to before $3. Flows of a network that records them stand in every hour of its life, with
-- zero where nothing moved; stake is a level, which stands in every hour. In the open hour time ends with the chain's last block.
-- Of providers and buyers the hours are kept from the day before the head's on; where all that is asked for lies before that, theirs
-- stand in the first hour of their day, as sums, which is all that is kept.
with span as materialized (
  select n.id as network_id, n.chain_id, n.stake, n.work_token, n.stake_token, n.work_token = n.stake_token as is_one_token,
    n.capabilities -> 'payout' = 'true'::jsonb as has_pay, n.capabilities -> 'stake' = 'true'::jsonb as has_stake,
    floor(extract(epoch from c.block_time))::bigint as head_s,
    -- Of the first event: before it there is no network.
    (select floor(extract(epoch from min(d.time)))::bigint from network_delta d where d.network_id = n.id) as born_s,
    $3::int <= (floor(extract(epoch from c.block_time) / 86400)::int - 1) * 24 as is_coarse
  from network n join chain c on c.chain_id = n.chain_id
  where n.id = $1
), hour as materialized (
  select hour, greatest(least(hour::bigint * 3600 + 3600, span.head_s) - greatest(hour::bigint * 3600, span.born_s), 0) as seconds,
    least(hour::bigint * 3600 + 3600, span.head_s) as end_s
  from span cross join generate_series($2::int, $3::int - 1) as hour
  where (hour::bigint + 1) * 3600 > span.born_s and hour::bigint * 3600 <= span.head_s
), coin as materialized (
  select t.id, ('1e-' || t.decimals)::numeric as unit, t.usd ->> 'kind' as kind,
    ('1e-' || t.decimals)::numeric * (t.usd ->> 'usd')::numeric as worth,
    lower(t.usd #>> '{feed,proxy}') as feed, (t.usd #>> '{feed,heartbeatSeconds}')::bigint + 3600 as max_age,
    case coalesce(t.usd ->> 'kind', 'none') when 'none'
      then coalesce(t.usd ->> 'reason', 'No price source is named for the token.')
      else 'The price feed had not answered by then, or too long ago.' end as reason
  from token t where t.network_id = $1
), washed as materialized (
  select day, buyer, array_agg(provider_id) as providers
  from removed_pair
  where network_id = $1 and reason <> 'noHistory' and day between $2::int / 24 and ($3::int - 1) / 24
  group by day, buyer
), flow as (
  -- What buyers pay, and what is newly made: each with its worth at its own block.
  select true as is_pay, false as is_reward, p.for_work, p.role = 'fee' as is_fee, p.chain_id, p.height, p.log_index, p.time, p.token,
    p.amount, p.provider_id, p.job_id, j.provider_id as provider_now, coalesce(j.buyer, p.payer) as buyer, false as is_fee_funded
  -- Times as parameters, so that the planner sees how many rows they leave.
  from payout p
  left join job j on j.id = p.job_id
  where p.network_id = $1 and p.time >= to_timestamp($2::bigint * 3600) and p.time < to_timestamp($3::bigint * 3600)
    and (p.for_work or p.role = 'fee')
  union all
  select false, s.kind = 'rewarded', false, false, s.chain_id, s.height, s.log_index, s.time, s.token, s.amount, s.provider_id, null, null, null,
    s.task_id is not null
  from stake_change s
  where s.network_id = $1 and s.time >= to_timestamp($2::bigint * 3600) and s.time < to_timestamp($3::bigint * 3600)
    and (s.kind = 'rewarded' or s.kind = 'slashed' and s.delta <> 0)
), valued as materialized (
  -- What is seldom asked for is a subquery, which a join would look up for every row.
  select f.is_pay, f.is_reward, f.for_work, f.is_fee, f.is_fee_funded, at.hour,
    case when span.is_coarse then greatest(at.hour / 24 * 24, $2::int) else at.hour end as bucket, f.provider_id, f.buyer, f.amount,
    f.amount * case c.kind
      when 'static' then c.worth
      when 'feed' then c.unit * (
        select case when a.updated_at >= floor(extract(epoch from f.time)) - c.max_age then a.answer * ('1e-' || a.decimals)::numeric end
        from feed_answer a
        where a.chain_id = f.chain_id and a.feed = c.feed and a.answer > 0
          and a.updated_at <= floor(extract(epoch from f.time)) and (a.height, a.log_index) <= (f.height, f.log_index)
        order by a.updated_at desc, a.height desc, a.log_index desc limit 1
      )
    end as usd,
    case when w.providers is not null then coalesce(
      f.provider_id,
      -- A fee is of the pay of whoever had the job by then, whoever has it now.
      (
        select s.provider_id from job_step s
        where s.job_id = f.job_id and s.kind in ('created', 'assigned') and s.provider_id is not null
          and (s.height, s.log_index) <= (f.height, f.log_index)
        order by s.height desc, s.log_index desc, s.part desc limit 1
      ),
      f.provider_now
    ) = any (w.providers) end as is_wash
  from span cross join flow f
  cross join lateral (select floor(date_part('epoch', f.time) / 3600)::int as hour) as at
  left join washed w on w.day = at.hour / 24 and w.buyer = f.buyer
  left join coin c on c.id = f.token
), of_network as (
  select hour, sum(amount) filter (where is_pay) as gmv, sum(usd) filter (where is_pay) as gmv_usd,
    sum(amount) filter (where for_work) as payouts, sum(usd) filter (where for_work) as payouts_usd,
    sum(amount) filter (where is_fee) as fees, sum(usd) filter (where is_fee) as fees_usd, sum(amount) filter (where is_wash) as wash,
    sum(amount) filter (where is_reward) as rewards, sum(usd) filter (where is_reward) as rewards_usd,
    sum(amount) filter (where is_reward and is_fee_funded) as fee_rewards,
    sum(amount) filter (where not is_pay and not is_reward) as slashed,
    count(*) filter (where is_pay) as payments, count(*) filter (where is_pay and usd is null) as unpriced,
    count(*) filter (where for_work) as works, count(*) filter (where for_work and usd is null) as unpriced_works,
    count(*) filter (where is_fee) as fee_count, count(*) filter (where is_fee and usd is null) as unpriced_fees,
    count(*) filter (where is_reward) as reward_count, count(*) filter (where is_reward and usd is null) as unpriced_rewards,
    count(*) filter (where not is_pay and not is_reward) as slashes
  from valued group by hour
), of_provider as (
  select bucket as hour, provider_id, sum(amount) filter (where for_work) as payouts, sum(usd) filter (where for_work) as payouts_usd,
    count(*) filter (where for_work) as works, count(*) filter (where for_work and usd is null) as unpriced_works,
    sum(amount) filter (where is_reward) as rewards, count(*) filter (where is_reward) as reward_count,
    sum(amount) filter (where not is_pay and not is_reward) as slashed,
    count(*) filter (where not is_pay and not is_reward) as slashes
  from valued where provider_id is not null group by bucket, provider_id
), of_buyer as materialized (
  select hour, bucket, buyer, sum(amount) as gmv, sum(usd) as gmv_usd, sum(amount) filter (where is_wash) as wash, count(*) as payments,
    count(*) filter (where usd is null) as unpriced
  from valued where buyer is not null group by hour, bucket, buyer
), flow_of_network as (
  select h.hour, coalesce(gmv, 0) as gmv, coalesce(gmv_usd, 0) as gmv_usd, coalesce(payouts, 0) as payouts,
    coalesce(payouts_usd, 0) as payouts_usd, coalesce(fees, 0) as fees, coalesce(fees_usd, 0) as fees_usd, coalesce(wash, 0) as wash,
    coalesce(rewards, 0) as rewards, coalesce(rewards_usd, 0) as rewards_usd, coalesce(fee_rewards, 0) as fee_rewards,
    coalesce(slashed, 0) as slashed, coalesce(payments, 0) as payments, coalesce(unpriced, 0) as unpriced, coalesce(works, 0) as works,
    coalesce(unpriced_works, 0) as unpriced_works, coalesce(fee_count, 0) as fee_count, coalesce(unpriced_fees, 0) as unpriced_fees,
    coalesce(reward_count, 0) as reward_count, coalesce(unpriced_rewards, 0) as unpriced_rewards, coalesce(slashes, 0) as slashes
  from hour h left join of_network f on f.hour = h.hour
), escrow as (
  select h.hour, coalesce(sum(e.amount) filter (where e.kind = 'deposited'), 0) as came,
    coalesce(sum(e.amount) filter (where e.kind = 'withdrawn'), 0) as went,
    coalesce(sum(e.amount) filter (where e.kind = 'spent'), 0) as spent, count(e.kind) as changes
  from hour h cross join span
  left join escrow_change e on e.network_id = $1 and e.time >= to_timestamp(h.hour::bigint * 3600)
    and e.time < to_timestamp((h.hour::bigint + 1) * 3600)
  group by h.hour
), bonded as (
  select floor(extract(epoch from s.time) / 3600)::int as hour, s.provider_id, sum(s.delta) as delta, count(*) as changes,
    sum(s.delta * (least((floor(extract(epoch from s.time) / 3600) + 1) * 3600, span.head_s) - floor(extract(epoch from s.time))))
      as delta_seconds
  from span join stake_change s on s.network_id = $1 and s.time >= to_timestamp($2::bigint * 3600)
  where span.has_stake
  group by 1, 2
), stake as (
  -- What there is now, without what came since.
  select h.hour, h.seconds, coalesce(b.delta, 0) as delta, coalesce(b.changes, 0) as changes,
    (
      span.stake - coalesce((select sum(delta) from bonded), 0)
        + coalesce(sum(b.delta) over (order by h.hour rows between unbounded preceding and 1 preceding), 0)
    ) * h.seconds + coalesce(b.delta_seconds, 0) as stake_seconds
  from hour h cross join span
  left join (
    select hour, sum(delta) as delta, sum(changes) as changes, sum(delta_seconds) as delta_seconds from bonded group by hour
  ) as b on b.hour = h.hour
  where span.has_stake
), active as (
  select hour, count(*) as buyers from (
    select floor(date_part('epoch', j.time) / 3600)::int as hour, j.buyer
    from job j
    where j.network_id = $1 and j.time >= to_timestamp($2::bigint * 3600) and j.time < to_timestamp($3::bigint * 3600)
      and j.buyer is not null
    union
    select hour, buyer from of_buyer
  ) as seen group by hour
), given as (
  select f.metric, 'network' as kind, $1 as subject, n.hour, f.num, f.den, f.n, f.unpriced, f.token, f.is_known
  from flow_of_network n cross join span
  left join stake s on s.hour = n.hour
  cross join lateral (
    values
      ('economy.gmv', n.gmv, null::numeric, n.payments, 0, null::text, span.has_pay),
      ('economy.gmvUsd', n.gmv_usd, null, n.payments, n.unpriced, span.work_token, span.has_pay),
      ('economy.payouts', n.payouts, null, n.works, 0, null, span.has_pay),
      ('economy.payoutsUsd', n.payouts_usd, null, n.works, n.unpriced_works, span.work_token, span.has_pay),
      ('economy.fees', n.fees, null, n.fee_count, 0, null, span.has_pay),
      ('economy.feesUsd', n.fees_usd, null, n.fee_count, n.unpriced_fees, span.work_token, span.has_pay),
      ('economy.takeRate', n.fees, n.gmv, n.payments, 0, null, n.gmv > 0),
      ('economy.providerShare', n.payouts, n.gmv, n.payments, 0, null, n.gmv > 0),
      ('economy.washGmv', n.wash, null, n.payments, 0, null, span.has_pay),
      ('economy.washShare', n.wash, n.gmv, n.payments, 0, null, n.gmv > 0),
      ('economy.takeRateExWash', n.fees, n.gmv - n.wash, n.payments, 0, null, n.gmv > n.wash),
      ('economy.subsidyRatio', case when span.is_one_token then n.rewards else n.rewards_usd end,
        case when span.is_one_token then n.gmv else n.gmv_usd end, n.reward_count + n.payments, 0, null,
        span.has_stake and case when span.is_one_token then n.gmv > 0
          else n.gmv_usd > 0 and n.unpriced = 0 and n.unpriced_rewards = 0 end),
      ('economy.rewards', n.rewards, null, n.reward_count, 0, null, span.has_stake),
      ('economy.slashed', n.slashed, null, n.slashes, 0, null, span.has_stake),
      ('economy.stake', s.stake_seconds, s.seconds, s.changes, 0, null, s.seconds > 0),
      ('economy.stakeDelta', s.delta, null, s.changes, 0, null, s.hour is not null),
      ('economy.apr', n.rewards * 31536000, s.stake_seconds, n.reward_count, 0, null, s.stake_seconds > 0),
      ('economy.realYield', n.fee_rewards * 31536000, s.stake_seconds, n.reward_count, 0, null, s.stake_seconds > 0),
      ('economy.slashRate', n.slashed * 31536000, s.stake_seconds, n.slashes, 0, null, s.stake_seconds > 0),
      ('economy.payPerStake', n.payouts * 31536000, s.stake_seconds, n.works, 0, null,
        s.stake_seconds > 0 and span.has_pay and span.is_one_token)
  ) as f (metric, num, den, n, unpriced, token, is_known)
  union all
  select f.metric, 'network', $1, e.hour, f.num, null, e.changes, 0, null, true
  from escrow e
  cross join lateral (
    values ('economy.escrowIn', e.came), ('economy.escrowOut', e.went), ('economy.escrowSpent', e.spent)) as f (metric, num)
  where exists (select from escrow_change any_change where any_change.network_id = $1)
  union all
  select 'economy.activeBuyers', 'network', $1, h.hour, coalesce(a.buyers, 0), null, coalesce(a.buyers, 0), 0, null, true
  from hour h left join active a on a.hour = h.hour
  where exists (select from network n where n.id = $1 and n.capabilities -> 'jobs' = 'true'::jsonb)
  union all
  select f.metric, 'provider', p.provider_id, p.hour, f.num, null, f.n, f.unpriced, f.token, f.n > 0
  from of_provider p cross join span
  cross join lateral (
    values
      ('economy.payouts', p.payouts, p.works, 0, null),
      ('economy.payoutsUsd', p.payouts_usd, p.works, p.unpriced_works, span.work_token),
      ('economy.rewards', p.rewards, p.reward_count, 0, null),
      ('economy.slashed', p.slashed, p.slashes, 0, null)
  ) as f (metric, num, n, unpriced, token)
  union all
  select 'economy.stakeDelta', 'provider', provider_id, case when span.is_coarse then greatest(hour / 24 * 24, $2::int) else hour end,
    sum(delta), null, sum(changes), 0, null, true
  from bonded cross join span where provider_id is not null and hour < $3 group by 3, 4
  union all
  select f.metric, 'buyer', $1 || ':' || b.buyer, b.hour, f.num, null, f.n, f.unpriced, f.token,
    b.payments > 0 and (f.metric <> 'economy.washGmv' or f.num > 0)
  from (
    -- Of an hour in which nothing was washed there is no figure of it, so its payments count for none.
    select bucket as hour, buyer, sum(gmv) as gmv, sum(gmv_usd) as gmv_usd, sum(wash) as wash, sum(payments) as payments,
      sum(unpriced) as unpriced, sum(payments) filter (where wash > 0) as washed_payments
    from of_buyer
    group by bucket, buyer
  ) as b cross join span
  cross join lateral (
    values ('economy.gmv', b.gmv, b.payments, 0, null), ('economy.gmvUsd', b.gmv_usd, b.payments, b.unpriced, span.work_token),
      ('economy.washGmv', b.wash, b.washed_payments, 0, null)
  ) as f (metric, num, n, unpriced, token)
)
select g.metric, g.kind, g.subject, g.hour,
  -- What has no known worth at all is no zero; where some of it has none, the rest is told with how many are missing.
  case when g.unpriced > 0 and g.unpriced = g.n then null else g.num end as num, g.den, g.n,
  case when g.unpriced > 0 then jsonb_build_object('unpriced', g.unpriced, 'reason', c.reason) end as detail
from given g
left join coin c on c.id = g.token
where g.is_known and g.hour >= $2 and g.hour < $3
