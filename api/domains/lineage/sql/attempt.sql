-- Attempts that were going on within the bucket: the first word on each, and those without one.
select 'task_outcome' as source, concat_ws('/', o.job_id, o.task_id, o.part) as id,
  case when o.known_from >= span.until then 'running' else o.kind end as kind, o.known_from as time, o.chain_id, o.height, o.log_index,
  null::text as about, o.provider_id, o.node_id, o.buyer, o.job_id, o.task_id, o.hardware, o.region,
  jsonb_build_object('derived', o.derived) as detail,
  extract(epoch from least(o.known_from, span.until) - o.assigned_time) as seconds
from network n
join chain c on c.chain_id = n.chain_id
cross join lateral (select least($3::timestamptz, c.block_time + interval '1 second') as until) as span
join task_outcome o on o.network_id = n.id and o.known_from >= {from} and o.assigned_time < span.until and o.provider_id is not null
where n.id = $1
  and not exists (
    select from task_outcome e
    where e.job_id = o.job_id and e.task_id = o.task_id and e.part < o.part and e.provider_id = o.provider_id
      and e.assigned_time = o.assigned_time
  )
union all
select 'task_running', concat_ws('/', r.job_id, r.task_id), 'running', r.assigned_time, r.chain_id, null, null, null, r.provider_id,
  r.node_id, r.buyer, r.job_id, r.task_id, r.hardware, r.region, '{}', extract(epoch from span.until - r.assigned_time)
from network n
join chain c on c.chain_id = n.chain_id
cross join lateral (select least($3::timestamptz, c.block_time + interval '1 second') as until) as span
join task_running r on r.network_id = n.id and r.assigned_time < span.until
where n.id = $1
