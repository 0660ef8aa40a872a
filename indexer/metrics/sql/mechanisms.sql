-- How the market works, by hour: $1 network, hours from $2 to before $3. Tasks and machines of jobs, joins, what was verified before it
-- was paid, disputes, rules, and demand that nobody served. Only what happened has a row.
with span as materialized (
  select n.id as network_id, n.chain_id, to_timestamp($2::bigint * 3600) as from_time, to_timestamp($3::bigint * 3600) as to_time
  from network n where n.id = $1
), opened as (
  select floor(extract(epoch from time) / 3600)::int as hour, count(*) as jobs, sum(volume) as tasks
  from job
  where network_id = $1 and time >= to_timestamp($2::bigint * 3600) and time < to_timestamp($3::bigint * 3600) and volume > 0
  group by 1
), ended as materialized (
  -- As in supply.sql: nearly all jobs end within a day of their beginning, the others are in an index of their own.
  select id, floor(extract(epoch from ended_time) / 3600)::int as hour from job
  where network_id = $1 and time >= to_timestamp($2::bigint * 3600) - interval '1 day'
    and time < to_timestamp($3::bigint * 3600) and ended_time >= to_timestamp($2::bigint * 3600)
    and ended_time < to_timestamp($3::bigint * 3600) and ended_time - time <= interval '1 day'
  union all
  select id, floor(extract(epoch from ended_time) / 3600)::int from job
  where network_id = $1 and ended_time - time > interval '1 day' and ended_time >= to_timestamp($2::bigint * 3600)
    and ended_time < to_timestamp($3::bigint * 3600)
), spread as (
  -- Of a job whose tasks lie on machines with shares s: how many there are, and 1 / sum s^2, as many as are used alike.
  select e.hour, count(*) as jobs, sum(m.nodes) as nodes, sum(round(m.effective, 6)) as effective
  from ended e
  cross join lateral (
    select count(*) as nodes, sum(tries) * sum(tries) / sum(tries * tries) as effective
    from (
      select count(*)::numeric as tries from job_step s
      where s.job_id = e.id and s.kind = 'attempted' and s.node_id is not null
      group by s.node_id
    ) as of_node
  ) as m
  where m.nodes > 0
  group by e.hour
), joined as (
  select floor(extract(epoch from p.time) / 3600)::int as hour, count(*) as providers
  from span join provider p on p.network_id = span.network_id and p.time >= span.from_time and p.time < span.to_time
  group by 1
), settled as (
  -- Pay of a task, with the last verdict in its favour on the chain before it.
  select floor(extract(epoch from p.time) / 3600)::int as hour, p.amount, v.mechanism,
    extract(epoch from p.time)::bigint - extract(epoch from v.time)::bigint as waited
  from span join payout p on p.network_id = span.network_id and p.time >= span.from_time and p.time < span.to_time
  left join lateral (
    select v.mechanism, v.time from verification v
    where v.task_id = p.task_id and v.result in ('accepted', 'reached', 'revealed')
      and (v.height, v.log_index) <= (p.height, p.log_index)
    order by v.height desc, v.log_index desc, v.part desc limit 1
  ) as v on true
  where p.for_work and p.task_id is not null
), verified as (
  select hour, sum(amount) as value, count(*) as payments,
    coalesce(sum(amount) filter (where mechanism is not null), 0) as verified,
    coalesce(sum(amount) filter (where mechanism = 'consensus'), 0) as by_consensus,
    coalesce(sum(amount) filter (where mechanism = 'proof'), 0) as by_proof,
    coalesce(sum(amount) filter (where mechanism = 'tee'), 0) as by_tee,
    coalesce(sum(amount) filter (where mechanism = 'acknowledgement'), 0) as by_acknowledgement,
    coalesce(sum(waited), 0) as waited, count(waited) as waits
  from settled group by hour
), outcome as materialized (
  select floor(extract(epoch from o.known_from) / 3600)::int as hour, o.kind, o.job_id, o.task_id, o.buyer, o.provider_id
  from span join task_outcome o on o.network_id = span.network_id
    and o.known_from >= span.from_time and o.known_from < span.to_time
), judged as (
  select hour, count(*) filter (where kind = 'completed') as delivered, count(*) filter (where kind = 'disputed') as disputed,
    count(*) filter (where kind = 'rejected') as rejected
  from outcome group by hour
), unassigned as (
  select hour, buyer, count(distinct job_id) as jobs from outcome
  where kind = 'cancelled' and provider_id is null group by hour, buyer
), unserved as (
  -- Bids whose job nobody took: a job has one bid, the last one.
  select o.hour, count(*) as bids, sum(b.amount) as amount
  from (
    select hour, job_id from outcome where kind = 'cancelled' and provider_id is null group by hour, job_id
  ) as o
  cross join lateral (
    select p.amount from price p where p.job_id = o.job_id and p.basis = 'bid' order by p.height desc, p.log_index desc limit 1
  ) as b
  group by o.hour
), ruled as (
  select floor(extract(epoch from r.time) / 3600)::int as hour, count(*) as changes
  from span join parameter_change r on r.network_id = span.network_id and r.time >= span.from_time and r.time < span.to_time
  group by 1
), punished as (
  select floor(extract(epoch from s.time) / 3600)::int as hour, count(*) as slashes, count(distinct s.provider_id) as providers
  from span join stake_change s on s.network_id = span.network_id and s.time >= span.from_time and s.time < span.to_time
  where s.kind = 'slashed' and s.delta <> 0
  group by 1
)
select 'mechanisms.tasksPerJob' as metric, 'network' as kind, $1 as subject, hour, tasks::numeric as num, jobs::numeric as den,
  jobs as n, null::jsonb as detail
from opened
union all
select f.metric, 'network', $1, s.hour, f.num, s.jobs, s.jobs, null
from spread s
cross join lateral (
  values ('mechanisms.nodesPerJob', s.nodes), ('mechanisms.effectiveNodesPerJob', s.effective)) as f (metric, num)
union all
select 'mechanisms.joins', 'network', $1, hour, providers, null, providers, null from joined
union all
select f.metric, 'network', $1, v.hour, f.num, v.value, v.payments, null
from verified v
cross join lateral (
  values
    ('mechanisms.verifiedShare', v.verified),
    ('mechanisms.verifiedByConsensus', v.by_consensus),
    ('mechanisms.verifiedByProof', v.by_proof),
    ('mechanisms.verifiedByTee', v.by_tee),
    ('mechanisms.verifiedByAcknowledgement', v.by_acknowledgement)
) as f (metric, num)
where v.value > 0 and (select n.capabilities -> 'verification' = 'true'::jsonb from network n where n.id = $1)
union all
select 'mechanisms.proofToPay', 'network', $1, hour, waited, waits, waits, null from verified where waits > 0
union all
select f.metric, 'network', $1, j.hour, f.num, j.delivered + j.disputed + j.rejected, j.delivered + j.disputed + j.rejected, null
from judged j
cross join lateral (
  values ('mechanisms.disputeRate', j.disputed), ('mechanisms.rejectionRate', j.rejected)) as f (metric, num)
where j.delivered + j.disputed + j.rejected > 0
union all
select 'mechanisms.unassignedJobs', 'network', $1, hour, sum(jobs), null, sum(jobs)::bigint, null from unassigned group by hour
union all
select 'mechanisms.unassignedJobs', 'buyer', $1 || ':' || buyer, hour, jobs, null, jobs, null from unassigned where buyer is not null
union all
select f.metric, 'network', $1, u.hour, f.num, null, u.bids, null
from unserved u
cross join lateral (values ('mechanisms.unservedBids', u.bids), ('mechanisms.unservedValue', u.amount)) as f (metric, num)
union all
select 'mechanisms.parameterChanges', 'network', $1, hour, changes, null, changes, null from ruled
union all
select f.metric, 'network', $1, p.hour, f.num, null, p.slashes, null
from punished p cross join lateral (values ('mechanisms.slashes', p.slashes)) as f (metric, num)
