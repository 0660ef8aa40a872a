-- $1 network, $2 and $3 ids of jobs after and up to which, $4 the last height, $5 GPU models as nodes write them, $6 the class of
-- each, $7 that of a machine which names none.
-- The outcomes of jobs of the plain shape, set by set, exactly as `foldJob` tells them: one task, of one provider, on which nobody
-- gave a verdict and of which no stake was taken, and one end, in time, that is the last step there is. Nothing of them stands yet.
-- Returns the other jobs, with how many tasks they have: where a condition holds more than it must, a job is one of those. Conditions
-- are columns, of which the planner expects half to hold: as filters they would leave one row, and each set would be walked for each.
with lot as materialized (
  select j.id, j.buyer, j.price, j.price_scale, j.volume, to_timestamp(ceil(extract(epoch from j.deadline))) as due
  from job j
  where j.id > $2 and j.id <= $3 and j.network_id = $1 and j.height <= $4
),
only_task as materialized (
  select t.job_id, min(t.id) as id, min(t.height) as height, count(*) as tasks
  from task t
  where t.job_id > $2 and t.job_id <= $3 and t.height <= $4
  group by t.job_id
),
step as materialized (
  select s.job_id, min(s.height) as first_height,
    count(*) filter (where is_end) as ends, min(s.kind) filter (where is_end) as end_kind, min(s.time) filter (where is_end) as end_time,
    min(s.height) filter (where is_end) as end_height, min(s.log_index) filter (where is_end) as end_log,
    min(s.part) filter (where is_end) as end_part,
    max(s.height) filter (where not is_end) as other_height, max(s.log_index) filter (where not is_end) as other_log,
    max(s.part) filter (where not is_end) as other_part,
    bool_or(s.kind not in ('created', 'assigned', 'attempted', 'started', 'completed', 'failed')) as is_judged,
    min(s.task_id) as task_id, max(s.task_id) as other_task_id,
    min(s.provider_id) filter (where is_given) as provider_id, max(s.provider_id) filter (where is_given) as other_provider_id,
    min(s.time) filter (where is_given) as assigned_time,
    min(s.time) filter (where s.kind = 'started') as started_time,
    count(*) filter (where is_placed) as placed, min(s.height) filter (where is_placed) as placed_height,
    min(s.node_id) filter (where is_placed) as node_id, max(s.node_id) filter (where is_placed) as other_node_id
  from (
    select *, kind in ('completed', 'failed') as is_end, kind in ('created', 'assigned') and provider_id is not null as is_given,
      kind = 'attempted' and node_id is not null as is_placed
    from job_step
    where job_id > $2 and job_id <= $3 and height <= $4
  ) as s
  group by s.job_id
),
-- Of machines that differ none is told.
shape as materialized (
  select l.id as job_id, t.id as task_id, l.buyer, l.price, l.price_scale, l.due, s.first_height, s.end_kind, s.end_time, s.end_height,
    s.end_log, s.provider_id, s.assigned_time, s.started_time, s.placed_height,
    case when s.node_id = s.other_node_id then s.node_id end as node_id,
    t.tasks = 1 and s.first_height >= t.height and s.ends = 1 and not s.is_judged
      and (
        s.other_height is null or s.other_height < s.end_height
        or s.other_height = s.end_height
          and (s.other_log < s.end_log or s.other_log = s.end_log and s.other_part < s.end_part)
      )
      and (s.task_id is null or s.task_id = t.id and s.other_task_id = t.id)
      and s.provider_id = s.other_provider_id
      and (s.placed <= 1 or s.node_id <> s.other_node_id)
      and (l.due is null or s.end_time <= l.due)
      and not exists (select from stake_change c where c.task_id = t.id and c.kind = 'slashed' and c.height <= $4) as is_plain
  from lot l
  join only_task t on t.job_id = l.id
  join step s on s.job_id = l.id
),
plain as materialized (
  select * from shape where is_plain
),
-- Up to the end, or else of the one block that pays.
paid as materialized (
  select p.job_id, count(*) as payments, count(p.task_id) as named, bool_or(p.task_id <> o.task_id) as is_anothers,
    count(*) filter (where is_before) as before, count(distinct p.height) as blocks,
    coalesce(sum(p.amount) filter (where p.for_work and is_before), 0) as paid_before,
    coalesce(sum(p.amount) filter (where not p.for_work and is_before), 0) as fee_before,
    coalesce(sum(p.amount) filter (where p.for_work), 0) as paid, coalesce(sum(p.amount) filter (where not p.for_work), 0) as fee,
    min(p.time) as time
  from plain o
  join payout p on p.job_id = o.job_id and p.height >= o.first_height
  cross join lateral (select p.height <= o.end_height or p.time <= o.end_time as is_before) as at
  where p.job_id > $2 and p.job_id <= $3 and p.height <= $4 and (p.for_work or p.role = 'fee')
  group by p.job_id
),
class as materialized (
  select * from unnest($5::text[], $6::text[]) as known (gpu_model, name)
),
made as materialized (
  select o.*, m.gpu_model, m.gpu_count, m.region, case when m.gpu_model is null then $7::text else c.name end as hardware,
    case when p.before > 0 then p.paid_before else p.paid end as paid, case when p.before > 0 then p.fee_before else p.fee end as fee,
    case when p.before > 0 then o.end_time else p.time end as paid_time,
    (m.gpu_model is null or c.name is not null)
      and (p.job_id is null or not coalesce(p.is_anothers, false) and p.named in (0, p.payments) and (p.before > 0 or p.blocks = 1))
      as is_told
  from plain o
  left join lateral (
    select v.gpu_model, v.gpu_count, v.region from node_version v
    where v.node_id = o.node_id and v.height_from <= o.placed_height
    order by v.height_from desc limit 1
  ) as m on true
  left join class c on c.gpu_model = m.gpu_model
  left join paid p on p.job_id = o.job_id
),
written as (
  insert into task_outcome (job_id, task_id, part, network_id, chain_id, provider_id, node_id, buyer, kind, known_from, known_to, height,
    log_index, derived, assigned_time, started_time, deadline, gpu_model, gpus, region, hardware, price, price_scale, paid, fee, paid_time)
  select m.job_id, m.task_id, 0, n.id, n.chain_id, m.provider_id, m.node_id, m.buyer, m.end_kind, m.end_time, null, m.end_height,
    m.end_log, false, m.assigned_time, m.started_time, case when m.assigned_time < m.due then m.due end, m.gpu_model, m.gpu_count,
    m.region, m.hardware, m.price, m.price_scale, m.paid, m.fee, m.paid_time
  from made m join network n on n.id = $1
  where m.is_told
  order by m.job_id
  returning job_id
)
select l.id, l.volume from lot l
where not exists (select from written w where w.job_id = l.id)
order by l.id
