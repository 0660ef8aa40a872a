-- $1 job ids, $2 the last height. What each block paid for each task, in the order of the chain.
select asked.number, p.task_id, p.height, extract(epoch from min(p.time))::float8,
  coalesce(sum(p.amount) filter (where p.for_work), 0)::text, coalesce(sum(p.amount) filter (where not p.for_work), 0)::text
from unnest($1::text[]) with ordinality as asked (id, number)
join payout p on p.job_id = asked.id and p.height <= $2 and (p.for_work or p.role = 'fee')
group by asked.number, p.task_id, p.height
order by p.height
