-- Capacity by hour: $1 network, hours from $2 to before $3. A row for every hour in which something was registered, with or
-- without an event in it. In the open hour time ends with the chain's last block. Of a machine that is online each second is one
-- of: at work, draining (announced maintenance), reserved (assigned, not begun), available. A task takes all GPUs of its machine.
-- Hardware is by what was claimed: `joinHardware` makes classes of it.
with span as materialized (
  select n.id as network_id, n.chain_id, $2::int as from_hour, $3::int as to_hour, $2::bigint * 3600 as from_s,
    least($3::bigint * 3600, floor(extract(epoch from c.block_time))::bigint) as to_s
  from network n join chain c on c.chain_id = n.chain_id
  where n.id = $1
), edge as materialized (
  -- The last blocks before the range begins and before it ends: versions are compared by height, and few times are looked up.
  select span.*,
    coalesce((
      select b.height from block b
      where b.chain_id = span.chain_id and b.time < to_timestamp(span.from_s)
      order by b.time desc, b.height desc limit 1), -1) as low,
    coalesce((
      select b.height from block b
      where b.chain_id = span.chain_id and b.time <= to_timestamp(span.to_s)
      order by b.time desc, b.height desc limit 1), -1) as high
  from span
), version as materialized (
  select v.node_id, coalesce(v.active, true) as active, coalesce(v.gpu_count, 0)::bigint as gpus,
    nullif(v.gpu_model, '') as model, nullif(v.region, '') as region, v.provider_id,
    coalesce(v.vram_mb, 0)::numeric * coalesce(v.gpu_count, 0) as vram_mb,
    case when v.height_from <= e.low then e.from_s else (
      select extract(epoch from b.time)::bigint from block b where b.chain_id = v.chain_id and b.height = v.height_from
    ) end as from_s,
    case when v.height_to is null or v.height_to > e.high then e.to_s else (
      select extract(epoch from b.time)::bigint from block b where b.chain_id = v.chain_id and b.height = v.height_to
    ) end as to_s
  from edge e
  join node n on n.network_id = e.network_id and n.chain_id = e.chain_id
  join node_version v on v.node_id = n.id and v.height_from <= e.high and (v.height_to is null or v.height_to > e.low)
  union all
  -- Machines that were seen at work, of which nothing was ever said.
  select n.id, true, 0, null, null, n.provider_id, 0, greatest(e.from_s, extract(epoch from n.time)::bigint), e.to_s
  from edge e
  join node n on n.network_id = e.network_id and n.height <= e.high
  where n.active is null and n.gpu_count is null and n.region is null
    and not exists (select from node_version v where v.node_id = n.id)
), stay as materialized (
  -- A number for each place that machines of one kind share: hours are summed by it, and few of its words are looked at.
  select v.node_id, v.active, v.gpus, v.model, v.region, v.provider_id, v.vram_mb, v.from_s, v.to_s, k.node_key,
    dense_rank() over (order by v.provider_id, v.model, v.region) as place
  from version v left join heartbeat_node k on k.node_id = v.node_id and k.network_id = $1
  where v.to_s > v.from_s
), verdict as materialized (
  select v.node_key, v.hour, v.up, v.known, coalesce(v.maintenance, 0) as maintenance
  from node_verdict v
  where v.hour >= $2 and v.hour < $3
), job_at_work as materialized (
  -- Nearly all jobs end within a day of their beginning; the others are few, and in an index of their own.
  select id, deadline from job
  where network_id = $1 and time >= to_timestamp($2::bigint * 3600) - interval '1 day'
    and time < to_timestamp($3::bigint * 3600) and ended_time > to_timestamp($2::bigint * 3600)
    and ended_time - time <= interval '1 day'
  union all
  select id, deadline from job
  where network_id = $1 and ended_time - time > interval '1 day' and ended_time > to_timestamp($2::bigint * 3600)
    and time < to_timestamp($3::bigint * 3600)
  union all
  select id, deadline from job
  where network_id = $1 and status in ('open', 'running') and ended_time is null
    and time < to_timestamp($3::bigint * 3600)
), step as (
  select s.task_id, s.node_id, s.kind, s.at,
    row_number() over task as place,
    count(*) filter (where s.kind in ('completed', 'failed')) over task as ends_before,
    min(s.at) filter (where s.kind in ('completed', 'failed')) over later as ended,
    min(s.at) filter (where s.kind = 'started') over later as started,
    extract(epoch from j.deadline)::bigint as deadline
  from job_at_work j
  cross join lateral (
    -- One look at the key for each: a join would read the steps of all jobs.
    select s.task_id, s.node_id, s.kind, extract(epoch from s.time)::bigint as at, s.height, s.log_index, s.part
    from job_step s
    where s.job_id = j.id and s.task_id is not null and s.kind in ('attempted', 'started', 'completed', 'failed')
    offset 0
  ) as s
  window task as (partition by s.task_id order by s.height, s.log_index, s.part),
    later as (partition by s.task_id order by s.height desc, s.log_index desc, s.part desc)
), begun as (
  select task_id, ends_before, min(place) as place from step where kind = 'started' group by task_id, ends_before
), attempt_at_work as (
  -- Ends at the task's next end, at the job's deadline, or after thirty days without either.
  select s.node_id, s.at as from_s, s.started,
    greatest(least(s.ended, coalesce(s.deadline, s.at + 30 * 86400)), s.at) as to_s,
    coalesce(b.place < s.place, false) as has_begun
  from step s left join begun b on b.task_id = s.task_id and b.ends_before = s.ends_before
  where s.kind = 'attempted' and s.node_id is not null
), stretch as (
  select node_id, case when has_begun then from_s else least(coalesce(started, to_s), to_s) end as from_s, to_s, 1 as work,
    0 as booked
  from attempt_at_work
  union all
  select node_id, from_s, least(coalesce(started, to_s), to_s), 0, 1 from attempt_at_work where not has_begun
), change as (
  select s.node_id, ends.at, ends.sign * s.work as work, ends.sign * s.booked as booked
  from stretch s cross join span
  cross join lateral (
    values (greatest(s.from_s, span.from_s), 1), (least(s.to_s, span.to_s), -1)) as ends (at, sign)
  where s.from_s < span.to_s and s.to_s > span.from_s and s.from_s < s.to_s
), level as (
  select node_id, at as from_s, lead(at) over (partition by node_id order by at) as to_s,
    sum(sum(work)) over (partition by node_id order by at) > 0 as at_work,
    sum(sum(booked)) over (partition by node_id order by at) > 0 as is_booked
  from change group by node_id, at
), use_of_hour as (
  select l.node_id, hour, l.at_work, greatest(l.from_s, hour::bigint * 3600) as from_s,
    least(l.to_s, (hour::bigint + 1) * 3600) as to_s
  from level l
  cross join lateral generate_series((l.from_s / 3600)::int, ((l.to_s - 1) / 3600)::int) as hour
  where l.to_s > l.from_s and (l.at_work or l.is_booked)
), hour as materialized (
  select hour, hour::bigint * 3600 as from_s, hour::bigint * 3600 + 3600 as to_s from generate_series($2::int, $3::int - 1) as hour
), cut as (
  select 'whole' as what, v.node_key, h.hour, v.active, v.gpus, v.vram_mb, v.place, greatest(v.from_s - h.from_s, 0)::int as from_s,
    least(v.to_s - h.from_s, 3600)::int as to_s
  from hour h join stay v on v.from_s < h.to_s and v.to_s > h.from_s
  where v.active
  union all
  select case when u.at_work then 'work' else 'booked' end, v.node_key, u.hour, v.active, v.gpus, v.vram_mb, v.place,
    (greatest(v.from_s, u.from_s) - u.hour::bigint * 3600)::int, (least(v.to_s, u.to_s) - u.hour::bigint * 3600)::int
  from use_of_hour u
  join stay v on v.node_id = u.node_id and v.from_s < u.to_s and v.to_s > u.from_s
), seen as (
  -- Seconds of [from_s, to_s) in slots whose bit is set: of whole slots, and what the first and the last of them lack.
  select c.what, c.hour, c.place, c.active, c.gpus, c.vram_mb, v.node_key is not null as heard,
    c.to_s - c.from_s as all_s,
    60 * bit_count((v.up & slots.whole)::bit(64)) + (v.up >> slots.last & 1) * last_s - (v.up >> slots.first & 1) * first_s as up_s,
    60 * bit_count((v.known & slots.whole)::bit(64)) + (v.known >> slots.last & 1) * last_s
      - (v.known >> slots.first & 1) * first_s as known_s,
    case when v.maintenance = 0 then 0 else 60 * bit_count((v.up & v.maintenance & slots.whole)::bit(64))
      + (v.up & v.maintenance >> slots.last & 1) * last_s - (v.up & v.maintenance >> slots.first & 1) * first_s
      end as draining_s
  from cut c
  left join verdict v on v.node_key = c.node_key and v.hour = c.hour
  cross join lateral (
    select c.from_s / 60 as first, c.to_s / 60 as last, c.from_s % 60 as first_s, c.to_s % 60 as last_s,
      ((1::bigint << (c.to_s / 60)) - 1) & ~((1::bigint << (c.from_s / 60)) - 1) as whole
  ) as slots
), measured as (
  select hour, place,
    count(*) filter (where what = 'whole') as nodes,
    count(*) filter (where what = 'whole' and heard) as heard,
    sum(all_s) filter (where what = 'whole') as node_s,
    sum(all_s * gpus) filter (where what = 'whole') as gpu_s,
    sum(all_s * vram_mb) filter (where what = 'whole') as vram_s,
    sum(up_s) filter (where what = 'whole') as up_node_s,
    sum(up_s * gpus) filter (where what = 'whole') as up_s,
    sum(known_s * gpus) filter (where what = 'whole') as known_s,
    sum(draining_s * gpus) filter (where what = 'whole') as draining_s,
    sum(all_s * gpus) filter (where what = 'work') as busy_s,
    sum(all_s * gpus) filter (where what = 'work' and not active) as busy_gone_s,
    sum(up_s * gpus) filter (where what = 'work' and active) as busy_up_s,
    sum((known_s - up_s) * gpus) filter (where what = 'work' and active) as busy_down_s,
    sum(draining_s * gpus) filter (where what = 'work' and active) as busy_draining_s,
    sum((up_s - draining_s) * gpus) filter (where what = 'booked' and active) as reserved_s
  from seen
  group by hour, place
), told as materialized (
  -- From when on the chain says when work begins: before, and where it never does, nobody knows what is at work.
  select s.time as since from job_step s
  where s.chain_id = (select chain_id from edge) and s.height <= (select high from edge) and s.kind = 'started'
    and starts_with(s.job_id, $1 || ':')
  order by s.height limit 1
), total as (
  select m.hour,
    case when grouping(provider_id) = 0 then 'provider' when grouping(model) = 0 then 'hardware'
      when grouping(region) = 0 then 'region' else 'network' end as kind,
    case when grouping(provider_id) = 0 then provider_id when grouping(model) = 0 then coalesce(model, '')
      when grouping(region) = 0 then $1 || ':region:' || region else $1 end as subject,
    least(span.to_s - m.hour::bigint * 3600, 3600) as seconds,
    coalesce(m.hour::bigint * 3600 + 3600 > extract(epoch from (select since from told)), false) as tells,
    sum(nodes) as nodes, coalesce(sum(node_s), 0) as node_s, coalesce(sum(gpu_s), 0) as gpu_s,
    coalesce(sum(vram_s), 0) as vram_s, sum(heard) as heard,
    coalesce(sum(up_node_s), 0) as up_node_s, coalesce(sum(up_s), 0) as up_s, coalesce(sum(known_s), 0) as known_s,
    coalesce(sum(draining_s), 0) - coalesce(sum(busy_draining_s), 0) as draining_s,
    coalesce(sum(busy_s), 0) as busy_s, coalesce(sum(busy_up_s), 0) as busy_up_s,
    coalesce(sum(busy_down_s), 0) as busy_down_s, coalesce(sum(busy_gone_s), 0) as busy_gone_s,
    coalesce(sum(reserved_s), 0) as reserved_s
  from measured m
  join (select distinct place, provider_id, model, region from stay) as p on p.place = m.place
  cross join span
  group by grouping sets ((m.hour), (m.hour, provider_id), (m.hour, model), (m.hour, region)), span.to_s
)
select 'supply.' || f.name as metric, t.kind, t.subject, t.hour, f.num::text as num, f.den::text as den, t.nodes as n,
  $1::text as network
from total t
cross join lateral (
  values
    ('nodes', t.node_s, t.seconds, t.node_s > 0 and t.kind <> 'provider'),
    ('registeredGpuSeconds', t.gpu_s, null, t.gpu_s > 0),
    ('vramGib', t.vram_s * 0.0009765625, t.seconds, t.vram_s > 0 and t.kind in ('network', 'hardware')),
    ('onlineNodes', t.up_node_s, t.seconds, t.heard > 0 and t.kind = 'network'),
    ('onlineGpuSeconds', t.up_s, null, t.known_s > 0),
    ('onlineShare', t.up_s, t.known_s, t.known_s > 0 and t.kind <> 'provider'),
    ('coverage', t.known_s, t.gpu_s, t.gpu_s > 0 and t.heard > 0 and t.kind = 'network'),
    ('busyGpuSeconds', t.busy_s, null, t.tells and t.gpu_s + t.busy_s > 0 and t.kind <> 'provider'),
    ('busyOnlineGpuSeconds', t.busy_up_s, null, t.tells and t.known_s > 0 and t.kind <> 'provider'),
    ('busySilentGpuSeconds', t.busy_down_s, null,
      t.tells and t.known_s > 0 and (t.kind <> 'provider' or t.busy_down_s > 0)),
    ('busyRetiredGpuSeconds', t.busy_gone_s, null,
      t.tells and (t.kind = 'network' and t.gpu_s > 0 or t.busy_gone_s > 0)),
    ('reservedGpuSeconds', t.reserved_s, null, t.tells and t.known_s > 0 and t.kind <> 'provider'),
    ('drainingGpuSeconds', t.draining_s, null, t.tells and t.known_s > 0 and t.kind <> 'provider'),
    ('availableGpuSeconds', t.up_s - t.busy_up_s - t.reserved_s - t.draining_s, null,
      t.tells and t.known_s > 0 and t.kind <> 'provider'),
    ('utilisation', t.busy_up_s, t.up_s, t.tells and t.up_s > 0)
) as f (name, num, den, is_known)
where f.is_known and t.subject is not null
