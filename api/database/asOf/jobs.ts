import type { Bounds } from './Bounds.js';
import type { Prepared } from './facts.js';

/**
 * Jobs and tasks as their steps up to the point make them, which is what the writer leaves after a rollback to it
 * (`refoldJobs.sql` and `refoldTasks.sql`; a test holds the two equal). Only those with a later step are folded again.
 */
export const jobs = { job: toJobs, task: toTasks, job_count: toJobCounts };

function toJobs(bounds: Bounds, statement: string): string | Prepared {
  if (bounds.chains.every(({ isRecent }) => isRecent)) {
    return byFolded.test(statement) ? toRecentJobsByFolded(bounds) : toRecentJobs(bounds);
  }
  return byProvider.test(statement) ? toJobsByProvider(bounds) : toJobsInOrder(bounds);
}

/** Statements that look jobs up by columns that are folded, for which there are indexes: who ran them, how they stand. */
const byProvider = /\bprovider_id (=|in|is) /;
const byFolded = /\bprovider_id (=|in|is) |\bstatus = any|\bselect sum\(/;

/** What later steps touched is folded once for all of the statement. */
const foldChanged = (bounds: Bounds) => ({
  changed_job: `
    select ${toFolded('true', lastNamed(bounds))}
    from (select distinct since.job_id from job_step since where ${bounds.isLater('since')}) as changed
    join job j on j.id = changed.job_id ${fold(bounds, 'true')}
    where ${bounds.holds('j')}`,
});

/** The rest is as it stands, in the order of any index. */
const toRecentJobs = (bounds: Bounds): Prepared => ({
  first: foldChanged(bounds),
  sql: `
    select ${columns
      .map((column) =>
        folded.has(column)
          ? `case when f.id is null then j.${column} else f.${column} end as ${column}`
          : `j.${column}`,
      )
      .join(', ')}
    from job j left join changed_job f on f.id = j.id
    where ${bounds.holds('j')}`,
});

/** The rest is as it stands, and found by its indexes. */
const toRecentJobsByFolded = (bounds: Bounds): Prepared => ({
  first: foldChanged(bounds),
  sql: `
    select ${columns.map((column) => `j.${column}`).join(', ')}
    from job j where ${bounds.holds('j')} and not ${hasLaterStep(bounds)}
    union all
    select ${columns.join(', ')} from changed_job`,
});

/** In the order of an index by time, as far as they are read. */
const toJobsInOrder = (bounds: Bounds) => `
  select ${toFolded('since.is_later', `case when since.is_later then ${lastNamed(bounds)} else j.provider_id end`)}
  from job j ${joinFold(bounds)}
  where ${bounds.holds('j')}`;

/** Those that nobody was named for since, those that went to others since, by index job_step_provider, and those nobody ran yet. */
const toJobsByProvider = (bounds: Bounds) => `
  select ${toFolded('since.is_later', 'j.provider_id')}
  from job j ${joinFold(bounds)}
  where ${bounds.holds('j')} and not ${hasLaterStep(bounds, wasNamed)}
  union all
  select ${toFolded('since.is_later', 'named.provider_id')}
  from job_step named join job j on j.id = named.job_id ${joinFold(bounds)}
  where ${bounds.holds('named')} and named.provider_id is not null and ${hasLaterStep(bounds, wasNamed)}
    and not exists (
      select from job_step s where s.job_id = j.id and s.provider_id is not null and s.height <= ${bounds.height('j')}
        and (s.height, s.log_index, s.part) > (named.height, named.log_index, named.part))
  union all
  select ${toFolded('since.is_later', 'null::text')}
  from job j ${joinFold(bounds)}
  where ${bounds.holds('j')} and ${hasLaterStep(bounds, wasNamed)}
    and not exists (
      select from job_step s where s.job_id = j.id and s.provider_id is not null and s.height <= ${bounds.height('j')})`;

const columns = [
  ...['id', 'network_id', 'chain_id', 'native_id', 'provider_id', 'buyer', 'status', 'volume', 'tasks_completed'],
  ...[
    'tasks_failed',
    'price',
    'provider_price',
    'price_token',
    'price_unit',
    'attributes',
    'height',
    'time',
    'deadline',
  ],
  ...['ended_height', 'ended_time', 'price_scale'],
];

const folded = new Set(['provider_id', 'status', 'tasks_completed', 'tasks_failed', 'ended_height', 'ended_time']);

/** All columns of a job: the folded ones where `isLater`. */
function toFolded(isLater: string, providerId: string): string {
  const values: Readonly<Record<string, string>> = {
    status: `case
      when f.completed + f.failed = j.volume and j.volume > 0 then
        case when f.failed = 0 then 'completed' when f.completed = 0 then 'failed' else 'partial' end
      when f.begun > 0 then 'running'
      else 'open'
    end`,
    tasks_completed: 'f.completed',
    tasks_failed: 'f.failed',
    ended_height: 'case when f.completed + f.failed = j.volume then f.ended_height end',
    ended_time: 'case when f.completed + f.failed = j.volume then f.ended_time end',
  };
  return columns
    .map((column) => {
      if (column === 'provider_id') return `${providerId} as provider_id`;
      const then = values[column];
      return then ? `case when ${isLater} then ${then} else j.${column} end as ${column}` : `j.${column}`;
    })
    .join(', ');
}

/** Whether a step came later is looked up once a job, and nothing is folded where none did. */
const joinFold = (bounds: Bounds) => `
  cross join lateral (select ${hasLaterStep(bounds)} as is_later offset 0) as since ${fold(bounds, 'since.is_later')}`;

/** From the last step of each of its tasks. */
const fold = ({ height }: Bounds, condition: string) => `
  cross join lateral (
    select count(*) filter (where last.kind = 'completed')::int as completed,
      count(*) filter (where last.kind = 'failed')::int as failed, count(*) as begun,
      max(last.height) filter (where last.kind in ('completed', 'failed')) as ended_height,
      max(last.time) filter (where last.kind in ('completed', 'failed')) as ended_time
    from (
      select distinct on (s.task_id) s.kind, s.height, s.time from job_step s
      where s.job_id = j.id and s.task_id is not null and s.height <= ${height('j')} and ${condition}
      order by s.task_id, s.height desc, s.log_index desc, s.part desc
    ) as last
  ) as f`;

const hasLaterStep = ({ height }: Bounds, condition = '') =>
  `exists (select from job_step later where later.job_id = j.id and later.height > ${height('j')}${condition})`;

const wasNamed = ' and later.provider_id is not null';

const lastNamed = ({ height }: Bounds) => `
  (select s.provider_id from job_step s
   where s.job_id = j.id and s.provider_id is not null and s.height <= ${height('j')}
   order by s.height desc, s.log_index desc, s.part desc limit 1)`;

/** Counted anew, of the jobs as they were: their expression stands before this one. */
function toJobCounts(): string {
  return `
    select 'status' as kind, j.status as value, j.network_id, count(*) as jobs from job j group by j.status, j.network_id
    union all
    select 'buyer', j.buyer, j.network_id, count(*) from job j where j.buyer is not null group by j.buyer, j.network_id`;
}

function toTasks({ holds, height }: Bounds): string {
  const folded = (column: string, value = `f.${column}`) =>
    `case when since.is_later then ${value} else t.${column} end as ${column}`;
  const ended = (value: string) => `case when f.status in ('completed', 'failed') then ${value} end`;
  return `
    select t.id, t.job_id, t.network_id, t.chain_id, t.native_id, t.position,
      ${folded('status', "coalesce(f.status, 'pending')")}, t.height, ${folded('started_height')}, ${folded('started_time')},
      ${folded('ended_height', ended('f.last_height'))}, ${folded('ended_time', ended('f.last_time'))},
      ${folded('attempts')}
    from task t
    cross join lateral (
      select exists (
        select from job_step later
        where later.job_id = t.job_id and later.task_id = t.id and later.height > ${height('t')}) as is_later
      offset 0
    ) as since
    cross join lateral (
      select (array_agg(
          case s.kind
            when 'started' then 'running'
            when 'attempted' then 'running'
            when 'reopened' then 'disputed'
            else s.kind
          end
          order by s.height desc, s.log_index desc, s.part desc))[1] as status,
        max(s.height) as last_height, max(s.time) as last_time,
        min(s.height) filter (where s.kind = 'started') as started_height,
        min(s.time) filter (where s.kind = 'started') as started_time,
        (count(*) filter (where s.kind = 'attempted'))::int as attempts
      from job_step s
      where s.job_id = t.job_id and s.task_id = t.id and s.height <= ${height('t')} and since.is_later
    ) as f
    where ${holds('t', { time: null })}`;
}
