-- What became of attempts at tasks, in the order in which it came to be known; what was taken back since stands no more.
select 'task_outcome' as source, concat_ws('/', o.job_id, o.task_id, o.part) as id, o.kind, o.known_from as time, o.chain_id, o.height,
  o.log_index, null::text as about, o.provider_id, o.node_id, o.buyer, o.job_id, o.task_id, o.hardware, o.region,
  jsonb_build_object('derived', o.derived, 'stands', o.known_to is null) as detail, o.known_to is null as stands,
  o.known_to is null and o.kind in ('completed', 'disputeWon') as is_good,
  o.known_to is null and o.kind in ('failed', 'timedOut', 'rejected', 'disputeLost', 'slashed') as is_bad,
  o.assigned_time, o.started_time, o.deadline,
  case
    when o.known_to is not null or o.deadline is null then null
    when o.kind = 'completed' then o.known_from <= o.deadline
    when o.kind = 'disputeWon' then coalesce(
      (
        select min(e.known_from) from task_outcome e
        where e.job_id = o.job_id and e.task_id = o.task_id and e.kind = 'completed' and e.part < o.part
          and e.assigned_time is not distinct from o.assigned_time
      ), o.known_from) <= o.deadline
    when o.kind = 'timedOut' or (o.kind = 'slashed' and o.known_from >= o.deadline) then false
  end as is_kept
from task_outcome o
where o.network_id = $1 and o.known_from >= {from} and o.known_from < $3::timestamptz
