-- Capacity by hour: $1 network, hours from $2 to before $3. A row for every hour in which something was registered, with or
-- without an event in it. In the open hour time ends with the chain's last block. Of a machine that is online each second is one
-- of: at work, draining (announced maintenance), reserved (assigned, not begun), available. A task takes all GPUs of its machine.
-- Of providers whose hours are not kept (`toDetailHour`) there is one row a day, the sum of its hours, and not of each hour.
with span as materialized (
  select n.id as network_id, n.chain_id, $2::int as from_hour, $3::int as to_hour, $2::bigint * 3600 as from_s,
    least($3::bigint * 3600, floor(extract(epoch from c.block_time))::bigint) as to_s,
    $2::int % 24 = 0 and $3::int % 24 = 0 and $3::int <= (floor(extract(epoch from c.block_time) / 86400)::int - 1) * 24 as by_day
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
  select v.node_id, coalesce(v.active, true) as active, coalesce(v.gpu_count, 0) as gpus,
    nullif(v.gpu_model, '') as model, nullif(v.region, '') as region, v.provider_id, coalesce(v.vram_mb, 0) as vram_mb,
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
  -- A number for each place that machines of one kind share: seconds are added up by it, and what they come to is looked at once.
  select v.node_id, k.node_key, v.active, v.from_s, v.to_s, v.provider_id, v.region, v.gpus, v.vram_mb, v.class,
    row_number() over of_place as number,
    dense_rank() over of_place as place
  from (
    select v.*, coalesce(c.class, 'unknown') as class from version v left join hardware_class c on c.gpu_model = v.model
    where v.to_s > v.from_s
  ) as v
  left join heartbeat_node k on k.node_id = v.node_id and k.network_id = $1
  window of_place as (order by v.provider_id, v.class, v.region, v.gpus, v.vram_mb)
), place as materialized (
  select distinct place, provider_id, class, region, gpus::bigint as gpus, vram_mb::numeric * gpus as vram_mb from stay
), hour as materialized (
  select hour, hour::bigint * 3600 as from_s, hour::bigint * 3600 + 3600 as to_s from generate_series($2::int, $3::int - 1) as hour
), registered as (
  select h.hour, s.place, sum(s.nodes)::bigint as nodes,
    sum(s.nodes * (least(s.to_s, h.to_s) - greatest(s.from_s, h.from_s)))::bigint as node_s
  from (select place, from_s, to_s, count(*) as nodes from stay where active group by place, from_s, to_s) as s
  join hour h on h.from_s < s.to_s and h.to_s > s.from_s
  group by h.hour, s.place
), heard as (
  -- Of machines that were there all of the hour, as nearly all were: most hours are full, and need not be unpacked.
  select v.hour, s.place, count(*) as nodes,
    sum(case v.up when 1152921504606846975 then 60 when 0 then 0 else bit_count(v.up::bit(64))::int end) * 60 as up_s,
    sum(case v.known when 1152921504606846975 then 60 when 0 then 0 else bit_count(v.known::bit(64))::int end) * 60 as known_s,
    coalesce(sum(bit_count((v.up & v.maintenance)::bit(64))::int) filter (where v.maintenance <> 0), 0) * 60 as draining_s
  from node_verdict v
  join stay s on s.node_key = v.node_key and s.active
    and s.from_s <= v.hour::bigint * 3600 and s.to_s >= v.hour::bigint * 3600 + 3600
  where v.hour >= $2 and v.hour < $3
  group by v.hour, s.place
), job_at_work as materialized (
  -- Nearly all jobs end within a day of their beginning; the others are few, and in an index of their own.
  select id, deadline, time >= to_timestamp($2::bigint * 3600) as is_new from job
  where network_id = $1 and time >= to_timestamp($2::bigint * 3600) - interval '1 day'
    and time < to_timestamp($3::bigint * 3600) and ended_time > to_timestamp($2::bigint * 3600)
    and ended_time - time <= interval '1 day'
  union all
  select id, deadline, time >= to_timestamp($2::bigint * 3600) from job
  where network_id = $1 and ended_time - time > interval '1 day' and ended_time > to_timestamp($2::bigint * 3600)
    and time < to_timestamp($3::bigint * 3600)
  union all
  select id, deadline, time >= to_timestamp($2::bigint * 3600) from job
  where network_id = $1 and status in ('open', 'running') and ended_time is null
    and time < to_timestamp($3::bigint * 3600)
), step as materialized (
  -- Those of jobs that began within the range lie in its blocks; of jobs from before they are looked up, one look for each.
  select s.*, j.deadline, (s.height - edge.low) * 2147483648 + s.log_index as spot
  from edge cross join job_at_work j
  cross join lateral (
    select s.task_id, s.node_id, s.kind, s.time, s.height, s.log_index, s.part
    from job_step s
    where s.job_id = j.id and s.task_id is not null and s.kind in ('attempted', 'started', 'completed', 'failed')
    offset 0
  ) as s
  where not j.is_new
  union all
  select s.task_id, s.node_id, s.kind, s.time, s.height, s.log_index, s.part, j.deadline,
    (s.height - s.low) * 2147483648 + s.log_index
  from (
    select s.*, edge.low from edge
    cross join lateral (
      select s.job_id, s.task_id, s.node_id, s.kind, s.time, s.height, s.log_index, s.part
      from job_step s
      where s.chain_id = edge.chain_id and s.height > edge.low and s.height <= edge.high
        and s.task_id is not null and s.kind in ('attempted', 'started', 'completed', 'failed')
      offset 0
    ) as s
  ) as s
  join job_at_work j on j.id = s.job_id and j.is_new
), task as materialized (
  select task_id, min(deadline) as deadline, count(*) filter (where kind = 'attempted') as attempts,
    min(spot) filter (where kind = 'attempted') as spot, min(spot) filter (where kind <> 'attempted') as later_spot,
    min(node_id) filter (where kind = 'attempted') as node_id,
    min(time) filter (where kind = 'attempted') as time, min(time) filter (where kind = 'started') as started,
    min(time) filter (where kind in ('completed', 'failed')) as ended
  from step group by task_id
), step_again as (
  -- Of tasks that were tried more than once, or of which something else came first.
  select s.task_id, s.node_id, s.kind, s.time, s.deadline,
    row_number() over task as place,
    count(*) filter (where s.kind in ('completed', 'failed')) over task as ends_before,
    min(s.time) filter (where s.kind in ('completed', 'failed')) over later as ended,
    min(s.time) filter (where s.kind = 'started') over later as started
  from step s
  where s.task_id in (select task_id from task where attempts > 1 or attempts = 1 and spot >= later_spot)
  window task as (partition by s.task_id order by s.height, s.log_index, s.part),
    later as (partition by s.task_id order by s.height desc, s.log_index desc, s.part desc)
), begun as (
  select task_id, ends_before, min(place) as place from step_again where kind = 'started' group by task_id, ends_before
), attempt_at_work as (
  -- Ends at the task's next end, at the job's deadline, or after thirty days without either.
  select node_id, from_s, started_s, greatest(least(ended_s, coalesce(deadline_s, from_s + 30 * 86400)), from_s) as to_s, has_begun
  from (
    select node_id, extract(epoch from time)::bigint as from_s, extract(epoch from started)::bigint as started_s,
      extract(epoch from ended)::bigint as ended_s, extract(epoch from deadline)::bigint as deadline_s, false as has_begun
    from task where attempts = 1 and (later_spot is null or later_spot > spot)
    union all
    select s.node_id, extract(epoch from s.time)::bigint, extract(epoch from s.started)::bigint,
      extract(epoch from s.ended)::bigint, extract(epoch from s.deadline)::bigint, coalesce(b.place < s.place, false)
    from step_again s left join begun b on b.task_id = s.task_id and b.ends_before = s.ends_before
    where s.kind = 'attempted'
  ) as a
  where node_id is not null
), stretch as (
  select node_id, case when has_begun then from_s else least(coalesce(started_s, to_s), to_s) end as from_s, to_s, 1 as work,
    0 as booked
  from attempt_at_work
  union all
  select node_id, from_s, least(coalesce(started_s, to_s), to_s), 0, 1 from attempt_at_work where not has_begun
), change as (
  select s.number, ends.at, ends.sign * w.work as work, ends.sign * w.booked as booked
  from stretch w
  join stay s on s.node_id = w.node_id and s.from_s < w.to_s and s.to_s > w.from_s
  cross join lateral (
    values (greatest(w.from_s, s.from_s), 1), (least(w.to_s, s.to_s), -1)) as ends (at, sign)
  where w.from_s < w.to_s
), level as (
  -- Of changes at one time the last has them all, and the others last no time.
  select number, at as from_s, lead(at) over (partition by number order by at) as to_s,
    sum(work) over (partition by number order by at) > 0 as at_work,
    sum(booked) over (partition by number order by at) > 0 as is_booked
  from change
), cut as (
  -- What of an hour a machine was there, at work or assigned: what it was heard in the same seconds says the rest.
  select 'whole' as what, s.number, hour.hour, (greatest(s.from_s, hour.from_s) - hour.from_s)::int as from_s,
    (least(s.to_s, hour.to_s) - hour.from_s)::int as to_s
  from stay s join hour on hour.from_s < s.to_s and hour.to_s > s.from_s
  where s.active and s.node_key is not null and (s.from_s % 3600 <> 0 or s.to_s % 3600 <> 0)
    and (s.from_s > hour.from_s or s.to_s < hour.to_s)
  union all
  select case when l.at_work then 'work' else 'booked' end, l.number, hour,
    (greatest(l.from_s, hour::bigint * 3600) - hour::bigint * 3600)::int, least(l.to_s - hour::bigint * 3600, 3600)::int
  from level l
  cross join lateral generate_series((l.from_s / 3600)::int, ((l.to_s - 1) / 3600)::int) as hour
  where l.to_s > l.from_s and (l.at_work or l.is_booked)
), seen as (
  -- Seconds of [from_s, to_s) in slots whose bit is set: of whole slots, and what the first and the last of them lack.
  select c.what, c.hour, s.place, s.active, v.node_key is not null as heard, c.to_s - c.from_s as all_s,
    case v.up when 1152921504606846975 then c.to_s - c.from_s when 0 then 0
      else 60 * bit_count((v.up & slots.whole)::bit(64)) + (v.up >> slots.last & 1) * last_s - (v.up >> slots.first & 1) * first_s
      end::int as up_s,
    case v.known when 1152921504606846975 then c.to_s - c.from_s when 0 then 0
      else 60 * bit_count((v.known & slots.whole)::bit(64)) + (v.known >> slots.last & 1) * last_s
        - (v.known >> slots.first & 1) * first_s
      end::int as known_s,
    case when v.maintenance is null or v.maintenance = 0 then 0
      else 60 * bit_count((v.up & v.maintenance & slots.whole)::bit(64))
        + (v.up & v.maintenance >> slots.last & 1) * last_s - (v.up & v.maintenance >> slots.first & 1) * first_s
      end::int as draining_s
  from cut c
  join stay s on s.number = c.number
  left join node_verdict v on v.node_key = s.node_key and v.hour = c.hour and v.hour >= $2 and v.hour < $3
  cross join lateral (
    select c.from_s / 60 as first, c.to_s / 60 as last, c.from_s % 60 as first_s, c.to_s % 60 as last_s,
      ((1::bigint << (c.to_s / 60)) - 1) & ~((1::bigint << (c.from_s / 60)) - 1) as whole
  ) as slots
), measured as (
  -- Each of these has a row for an hour and a place, or none.
  select m.hour, m.place, sum(m.nodes)::bigint as nodes, sum(m.heard)::bigint as heard, sum(m.node_s)::bigint as node_s,
    coalesce(sum(m.up_s), 0)::bigint as up_s, coalesce(sum(m.known_s), 0)::bigint as known_s,
    coalesce(sum(m.draining_s), 0)::bigint as draining_s, coalesce(sum(m.busy_s), 0)::bigint as busy_s,
    coalesce(sum(m.busy_gone_s), 0)::bigint as busy_gone_s, coalesce(sum(m.busy_up_s), 0)::bigint as busy_up_s,
    coalesce(sum(m.busy_down_s), 0)::bigint as busy_down_s, coalesce(sum(m.busy_draining_s), 0)::bigint as busy_draining_s,
    coalesce(sum(m.reserved_s), 0)::bigint as reserved_s
  from (
    select hour, place, nodes, 0 as heard, node_s, 0 as up_s, 0 as known_s, 0 as draining_s, 0 as busy_s, 0 as busy_gone_s,
      0 as busy_up_s, 0 as busy_down_s, 0 as busy_draining_s, 0 as reserved_s
    from registered
    union all
    select hour, place, 0, nodes, 0, up_s, known_s, draining_s, 0, 0, 0, 0, 0, 0 from heard
    union all
    select hour, place, 0, count(*) filter (where what = 'whole' and heard), 0, sum(up_s) filter (where what = 'whole'),
      sum(known_s) filter (where what = 'whole'), sum(draining_s) filter (where what = 'whole'),
      sum(all_s) filter (where what = 'work'), sum(all_s) filter (where what = 'work' and not active),
      sum(up_s) filter (where what = 'work' and active), sum(known_s - up_s) filter (where what = 'work' and active),
      sum(draining_s) filter (where what = 'work' and active), sum(up_s - draining_s) filter (where what = 'booked' and active)
    from seen group by hour, place
  ) as m
  group by m.hour, m.place
), told as materialized (
  -- From when on the chain says when work begins: before, and where it never does, nobody knows what is at work.
  select s.time as since from job_step s
  where s.chain_id = (select chain_id from edge) and s.height <= (select high from edge) and s.kind = 'started'
    and starts_with(s.job_id, $1 || ':')
  order by s.height limit 1
), counted as materialized (
  select m.hour, least(span.to_s - m.hour::bigint * 3600, 3600) as seconds,
    coalesce(m.hour::bigint * 3600 + 3600 > extract(epoch from (select since from told)), false) as tells,
    p.provider_id, p.class, p.region, m.nodes, m.heard, m.node_s, m.up_s as up_node_s, m.node_s * p.gpus as gpu_s,
    m.node_s * p.vram_mb as vram_s, m.up_s * p.gpus as up_s, m.known_s * p.gpus as known_s, m.draining_s * p.gpus as draining_s,
    m.busy_s * p.gpus as busy_s, m.busy_gone_s * p.gpus as busy_gone_s, m.busy_up_s * p.gpus as busy_up_s,
    m.busy_down_s * p.gpus as busy_down_s, m.busy_draining_s * p.gpus as busy_draining_s, m.reserved_s * p.gpus as reserved_s
  from measured m join place p on p.place = m.place cross join span
), total as (
  select hour, seconds, tells,
    case when grouping(class) = 0 then 'hardware' when grouping(region) = 0 then 'region' else 'network' end as kind,
    case when grouping(class) = 0 then $1 || ':gpu:' || class when grouping(region) = 0 then $1 || ':region:' || region
      else $1 end as subject,
    sum(nodes) as nodes, sum(heard) as heard, sum(node_s) as node_s, sum(up_node_s) as up_node_s, sum(gpu_s) as gpu_s,
    sum(vram_s) as vram_s, sum(up_s) as up_s, sum(known_s) as known_s, sum(draining_s) - sum(busy_draining_s) as draining_s,
    sum(busy_s) as busy_s, sum(busy_up_s) as busy_up_s, sum(busy_down_s) as busy_down_s, sum(busy_gone_s) as busy_gone_s,
    sum(reserved_s) as reserved_s
  from (
    select hour, seconds, tells, class, region, sum(nodes) as nodes, sum(heard) as heard, sum(node_s) as node_s,
      sum(up_node_s) as up_node_s, sum(gpu_s) as gpu_s, sum(vram_s) as vram_s, sum(up_s) as up_s, sum(known_s) as known_s,
      sum(draining_s) as draining_s, sum(busy_draining_s) as busy_draining_s, sum(busy_s) as busy_s,
      sum(busy_up_s) as busy_up_s, sum(busy_down_s) as busy_down_s, sum(busy_gone_s) as busy_gone_s,
      sum(reserved_s) as reserved_s
    from counted group by hour, seconds, tells, class, region
  ) as of_kind
  group by grouping sets ((hour, seconds, tells), (hour, seconds, tells, class), (hour, seconds, tells, region))
), of_provider as (
  select provider_id, case when by_day then hour - hour % 24 else hour end as hour,
    sum(gpu_s) as gpu_s, sum(nodes) filter (where gpu_s > 0) as nodes,
    sum(up_s) filter (where known_s > 0) as up_s, sum(nodes) filter (where known_s > 0) as known_nodes,
    sum(busy_down_s) filter (where tells and known_s > 0) as busy_down_s,
    sum(nodes) filter (where tells and known_s > 0 and busy_down_s > 0) as silent_nodes,
    sum(busy_gone_s) filter (where tells) as busy_gone_s, sum(nodes) filter (where tells and busy_gone_s > 0) as gone_nodes,
    sum(busy_up_s) filter (where tells and up_s > 0) as busy_up_s, sum(up_s) filter (where tells and up_s > 0) as told_up_s,
    sum(nodes) filter (where tells and up_s > 0) as up_nodes
  from (
    select hour, tells, provider_id, sum(nodes) as nodes, sum(gpu_s) as gpu_s, sum(up_s) as up_s, sum(known_s) as known_s,
      sum(busy_up_s) as busy_up_s, sum(busy_down_s) as busy_down_s, sum(busy_gone_s) as busy_gone_s
    from counted where provider_id is not null group by hour, tells, provider_id
  ) as of_hour
  cross join span
  group by 1, 2
)
select f.metric, t.kind, t.subject, t.hour, f.num, f.den, t.nodes as n, null::jsonb as detail
from total t
cross join lateral (
  values
    ('supply.nodes', t.node_s, t.seconds, t.node_s > 0),
    ('supply.registeredGpuSeconds', t.gpu_s, null, t.gpu_s > 0),
    ('supply.vramGib', t.vram_s * 0.0009765625, t.seconds, t.vram_s > 0 and t.kind <> 'region'),
    ('supply.onlineNodes', t.up_node_s, t.seconds, t.heard > 0 and t.kind = 'network'),
    ('supply.onlineGpuSeconds', t.up_s, null, t.known_s > 0),
    ('supply.onlineShare', t.up_s, t.known_s, t.known_s > 0),
    ('supply.coverage', t.known_s, t.gpu_s, t.gpu_s > 0 and t.heard > 0 and t.kind = 'network'),
    ('supply.busyGpuSeconds', t.busy_s, null, t.tells and t.gpu_s + t.busy_s > 0),
    ('supply.busyOnlineGpuSeconds', t.busy_up_s, null, t.tells and t.known_s > 0),
    ('supply.busySilentGpuSeconds', t.busy_down_s, null, t.tells and t.known_s > 0),
    ('supply.busyRetiredGpuSeconds', t.busy_gone_s, null, t.tells and (t.kind = 'network' and t.gpu_s > 0 or t.busy_gone_s > 0)),
    ('supply.reservedGpuSeconds', t.reserved_s, null, t.tells and t.known_s > 0),
    ('supply.drainingGpuSeconds', t.draining_s, null, t.tells and t.known_s > 0),
    ('supply.availableGpuSeconds', t.up_s - t.busy_up_s - t.reserved_s - t.draining_s, null, t.tells and t.known_s > 0),
    ('supply.utilisation', t.busy_up_s, t.up_s, t.tells and t.up_s > 0)
) as f (metric, num, den, is_known)
where f.is_known and t.subject is not null
union all
select f.metric, 'provider', p.provider_id, p.hour, f.num, f.den, f.nodes, null
from of_provider p
cross join lateral (
  values
    ('supply.registeredGpuSeconds', p.gpu_s, null, p.nodes),
    ('supply.onlineGpuSeconds', p.up_s, null, p.known_nodes),
    ('supply.busySilentGpuSeconds', p.busy_down_s, null, p.silent_nodes),
    ('supply.busyRetiredGpuSeconds', p.busy_gone_s, null, p.gone_nodes),
    ('supply.utilisation', p.busy_up_s, p.told_up_s, p.up_nodes)
) as f (metric, num, den, nodes)
where f.nodes is not null
