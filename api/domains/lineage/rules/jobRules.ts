import type { LineageRule } from '../LineageRule.js';
import { one } from './rule.js';

const decided = 'is_good or is_bad';
const counted = (where: string): LineageRule => one({ source: 'outcome', where, num: '1' });
const timed = (where: string, measure: string): LineageRule => one({ source: 'outcome', where, measure });
const seconds = (from: string, to: string) => `extract(epoch from ${to} - ${from})`;
const start = timed(
  'stands and provider_id is not null and started_time >= assigned_time',
  seconds('assigned_time', 'started_time'),
);
const end = timed(
  "stands and provider_id is not null and kind = 'completed' and assigned_time is not null",
  seconds('assigned_time', 'time'),
);
const survival = one({ source: 'attempt', measure: 'seconds' });
const byValue = one(
  { source: 'outcome', where: `(${decided}) and provider_id is not null` },
  {
    countsOthers: true,
    note: 'A task weighs by its worth in USD: those of unknown worth are among the facts and have no part in the figure.',
  },
);

/** What becomes of tasks: outcomes that stand, in the bucket from which on they are known. */
export const jobRules: Readonly<Record<string, LineageRule>> = {
  'jobs.opened': one({ source: 'job', num: '1' }),
  'jobs.tasksDecided': counted(decided),
  'jobs.success': one({ source: 'outcome', where: decided, num: 'is_good::int', den: '1' }),
  'jobs.valueSuccess': byValue,
  'jobs.cappedSuccess': byValue,
  'jobs.timedOut': counted("stands and kind = 'timedOut'"),
  'jobs.disputed': counted("kind = 'disputed'"),
  'jobs.disputesLost': counted("stands and kind = 'disputeLost'"),
  'jobs.slashed': counted("stands and kind = 'slashed'"),
  'jobs.excluded': counted("stands and kind in ('cancelled', 'failedByBuyer')"),
  'jobs.onTime': one({ source: 'outcome', where: 'is_kept is not null', num: 'is_kept::int', den: '1' }),
  'jobs.timeToStartP50': start,
  'jobs.timeToStartP90': start,
  'jobs.timeToStartP95': start,
  'jobs.timeToStartP99': start,
  'jobs.timeToEndP50': end,
  'jobs.timeToEndP90': end,
  'jobs.timeToEndP95': end,
  'jobs.timeToEndP99': end,
  'jobs.promiseRatio': timed(
    "stands and provider_id is not null and kind = 'completed' and deadline > assigned_time and time > assigned_time",
    `${seconds('assigned_time', 'time')} / ${seconds('assigned_time', 'deadline')}`,
  ),
  'survival.medianToEnd': survival,
  'survival.completeIn24h': survival,
  'survival.failIn24h': survival,
};
