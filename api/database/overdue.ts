/**
 * Where a protocol's deadline is final, a task without an end has failed once the deadline has passed in the last block
 * that is read of its chain, whether or not the chain says so. The clock is no part of it: what a block showed once it
 * always shows. All of this is SQL about a job `j` of network `n` on chain `c`.
 */
export const isOverdue = `(n.final_deadline and j.status in ('open', 'running') and j.volume > 0
  and coalesce(j.deadline <= c.block_time, false))`;

export const joinDeadline = 'join network n on n.id = j.network_id join chain c on c.chain_id = j.chain_id';

const overdueStatus = "case when j.tasks_completed > 0 then 'partial' else 'failed' end";

export const jobStatus = `case when ${isOverdue} then ${overdueStatus} else j.status end`;

/** Holds where a job's status is one of a list; both halves leave their part of it to an index. */
export function hasStatus(list: string): string {
  return `((j.status = any(${list}) and not ${isOverdue}) or (${isOverdue} and ${overdueStatus} = any(${list})))`;
}

export const jobTasksFailed = `case when ${isOverdue} then j.volume - j.tasks_completed else j.tasks_failed end`;

/**
 * How many jobs have one of these statuses: as they are kept, but for those whose deadline alone has given them another one.
 * `networks` is SQL of those that count; undefined: all.
 */
export function countByStatus(statuses: string, networks?: string): string {
  const of = (alias: string) => (networks ? `and ${alias}.network_id = any(${networks})` : '');
  return `
    select coalesce((
      select sum(k.jobs) from job_count k where k.kind = 'status' and k.value = any(${statuses}) ${of('k')}
    ), 0) + (
      select count(*) filter (where ${overdueStatus} = any(${statuses})) - count(*) filter (where j.status = any(${statuses}))
      from job j ${joinDeadline} where ${isOverdue} ${of('j')}
    )`;
}

/** Tasks that failed by their deadline alone, of the jobs of network `n` on chain `c` for which `condition` holds. */
export function countOverdueTasks(condition: string): string {
  return `coalesce((
    select sum(j.volume - j.tasks_completed - j.tasks_failed) from job j
    where n.final_deadline and j.network_id = n.id and ${condition} and ${isOverdue}
  ), 0)::int8`;
}

/** Status of a task `t` of job `j`, and whether it follows from the deadline alone. */
export const isTaskOverdue = `(t.status not in ('completed', 'failed') and ${isOverdue})`;
export const taskStatus = `case when ${isTaskOverdue} then 'failed' else t.status end`;
