import type { Database } from '../../database/createDatabase.js';
import { records } from '../../database/records.js';
import { parseId } from '../../list/parseId.js';

/**
 * The last `days` UTC days of one network or of all that record jobs. A live network's last day is the one that its
 * chain is read up to, which is still in progress; a recorded history's is the day it ends on. The first is not before
 * the network's first event.
 */
export function listActivity(
  database: Database,
  request: { readonly networkId: string | null; readonly days: number },
): Promise<object[]> {
  return database.query(activity, [request.networkId ? parseId(request.networkId) : null, request.days]);
}

const activity = `
  with scope as (
    select n.id, n.recorded, ends.first_time, ends.last_time, chain.block_time
    from network n
    join chain on chain.chain_id = n.chain_id
    cross join lateral (
      select min(d.time) as first_time, max(d.time) as last_time from network_delta d where d.network_id = n.id
    ) as ends
    where ($1::text is null or n.id = $1) and ${records('jobs')} and ends.first_time is not null
  ),
  span as (
    select (min(first_time) at time zone 'UTC')::date as first_day,
      (greatest(max(last_time), max(block_time) filter (where not recorded)) at time zone 'UTC')::date as last_day,
      bool_or(not recorded) as is_live
    from scope
  ),
  day as (
    select date::date from span,
      generate_series(greatest(first_day, last_day - ($2::int - 1)), last_day, interval '1 day') as date
  ),
  total as (
    select (d.time at time zone 'UTC')::date as date, sum(d.jobs) as jobs, sum(d.tasks_completed) as completed,
      sum(d.tasks_failed) as failed
    from scope
    join network_delta d on d.network_id = scope.id
      and d.time >= (select min(day.date) from day)::timestamp at time zone 'UTC'
    group by 1
  )
  select to_char(day.date, 'YYYY-MM-DD') as date, coalesce(total.jobs, 0) as jobs,
    coalesce(total.completed, 0) as "tasksCompleted", coalesce(total.failed, 0) as "tasksFailed",
    day.date = span.last_day and span.is_live as "inProgress"
  from day cross join span left join total on total.date = day.date
  order by day.date
`;
