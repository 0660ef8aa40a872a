import type { MetricDefinition } from '../MetricDefinition.js';

const hourly = {
  subjects: ['network', 'provider', 'hardware', 'region', 'buyer'],
  grains: ['hour', 'day'],
  methodVersion: 1,
} as const;
const daily = { subjects: ['network', 'provider', 'hardware'], grains: ['day'], methodVersion: 1 } as const;
const wide = { ...daily, subjects: ['network', 'hardware'] } as const;
const outcomes = ['task_outcome', 'job_step', 'verification', 'stake_change', 'job'] as const;
const value = [...outcomes, 'payout', 'token', 'feed_answer'] as const;

const attribution =
  'An attempt is a provider’s: a task that was given to another one counts for each by itself. Nothing says whose fault a failure was, so that it counts against whoever had the task.';
const standing =
  'In the hour from which on the outcome is known, and only while it stands: a dispute or a slash takes it out of that hour and puts it into its own.';
const notRecorded =
  'No failure is recorded by Fluence, Marlin and the inference of 0G; the fine-tuning of 0G knows a deliverable from when it is there. Where several providers share a task (Fluence), it is that of the last one.';
const usdOnly =
  'In USD as of the block by the chain’s own feed, or by a rate that somebody set; no figure where the token has neither. Tasks of unknown value have no part in it.';
const silent = 'An hour in which there was none has no row.';

type Taking = Pick<MetricDefinition, 'unit' | 'value' | 'better' | 'sources' | 'definition' | 'caveats' | 'formula'>;

const takes = (what: string, share: string, note: string): Omit<Taking, 'formula'> => ({
  ...{ unit: 'seconds', value: 'computed', better: 'lower', sources: outcomes },
  definition: `${what} ${share}`,
  caveats: `Below 20 samples there is no percentile, only their number, the shortest and the longest; for a provider then nothing. ${note}`,
});

const startNote =
  'Only where the protocol records both: iExec, Fluence, Marlin (a job starts as it opens) and the full ComputeMarket.';
const toStart = (share: string, percentile: string): Taking => ({
  ...takes('Seconds from when a provider was given a task until work on it began:', share, startNote),
  formula: `percentile_cont(${percentile}) of start − assignment, over the attempts whose outcome stands in the day. n: samples.`,
});
const endNote =
  'Of completed tasks alone, so it makes things look faster than they are: survival.medianToEnd counts those that run and fail as well.';
const toEnd = (share: string, percentile: string): Taking => ({
  ...takes('Seconds from when a provider was given a task until it was delivered:', share, endNote),
  formula: `percentile_cont(${percentile}) of completion − assignment, over the completions that stand in the day. n: samples.`,
});

/** What becomes of tasks (metrics.md, A2). */
export const jobMetrics: readonly MetricDefinition[] = [
  {
    ...hourly,
    subjects: ['network', 'buyer'],
    id: 'jobs.opened',
    title: 'Jobs opened',
    unit: 'count',
    value: 'sum',
    definition: 'Agreements about paid work that were announced.',
    formula: 'Jobs by the block that announces them.',
    sources: ['job'],
    caveats: `Where requests are made off chain (Boundless), a job is known from the first log that names it. ${silent}`,
  },
  {
    ...hourly,
    id: 'jobs.tasksDecided',
    title: 'Tasks decided',
    unit: 'count',
    value: 'sum',
    definition: 'Attempts at tasks of which it is known whether they count for their provider or against it.',
    formula:
      'Outcomes that stand: completed and disputeWon, and failed, timedOut, rejected, disputeLost and slashed. Cancelled ones and open disputes are none.',
    sources: outcomes,
    caveats: `${standing} ${attribution} ${silent}`,
  },
  {
    ...hourly,
    id: 'jobs.success',
    title: 'Task success',
    unit: 'ratio',
    value: 'ratio',
    bounds: 'wilson',
    definition: 'Share of the decided attempts that were a success for the buyer: delivered, and not taken back since.',
    formula: '(completed + disputeWon) / decided. num: successes, den: decided.',
    sources: outcomes,
    caveats: `Every task weighs the same; jobs.cappedSuccess weighs by value. ${attribution} ${notRecorded}`,
    better: 'higher',
  },
  {
    ...daily,
    id: 'jobs.valueSuccess',
    title: 'Success by value',
    unit: 'ratio',
    value: 'ratio',
    definition: 'Share of the value of decided tasks that was delivered. One large task may carry it.',
    formula:
      'Σ USD of successes / Σ USD of decided tasks. Value: the agreed price of the whole task, or what was paid where none was agreed on.',
    sources: value,
    caveats: `${usdOnly} ${notRecorded}`,
    better: 'higher',
  },
  {
    ...daily,
    id: 'jobs.cappedSuccess',
    title: 'Success by value, capped',
    unit: 'ratio',
    value: 'ratio',
    definition:
      'Share of the value of decided tasks that was delivered, where no task weighs more than 200 USD: the one to quote.',
    formula: 'Σ min(USD, 200) of successes / Σ min(USD, 200) of decided tasks.',
    sources: value,
    caveats: `${usdOnly} ${notRecorded}`,
    better: 'higher',
  },
  {
    ...hourly,
    id: 'jobs.timedOut',
    title: 'Timed out',
    unit: 'count',
    value: 'sum',
    definition: 'Attempts whose deadline passed by the chain’s own time before they had ended.',
    formula: 'Outcomes timedOut that stand, in the hour of the deadline.',
    sources: outcomes,
    caveats: `Derived: no log says it. A task that is delivered late is a success from then on, and late for jobs.onTime. Recorded by iExec, Boundless and the full ComputeMarket; elsewhere no job has a deadline. ${silent}`,
    better: 'lower',
  },
  {
    ...hourly,
    id: 'jobs.disputed',
    title: 'Disputes opened',
    unit: 'count',
    value: 'sum',
    definition: 'Tasks that had ended and were opened again without a verdict.',
    formula: 'Outcomes disputed, in the hour in which each was opened, whatever became of it.',
    sources: outcomes,
    caveats: `Only the full ComputeMarket records disputes. ${silent}`,
  },
  {
    ...hourly,
    id: 'jobs.disputesLost',
    title: 'Disputes lost',
    unit: 'count',
    value: 'sum',
    definition: 'Disputes that were decided against the provider.',
    formula: 'Outcomes disputeLost that stand.',
    sources: outcomes,
    caveats: `Only the full ComputeMarket records disputes. A slash that follows does not count a second time. ${silent}`,
    better: 'lower',
  },
  {
    ...hourly,
    id: 'jobs.slashed',
    title: 'Slashed',
    unit: 'count',
    value: 'sum',
    definition: 'Attempts for which stake was taken from the provider.',
    formula: 'Outcomes slashed that stand. Lost disputes stay lost disputes.',
    sources: outcomes,
    caveats: `Stake of a worker of a pool (iExec) is not its provider’s. Slashes that name no task are not among them. ${silent}`,
    better: 'lower',
  },
  {
    ...hourly,
    id: 'jobs.excluded',
    title: 'Held against nobody',
    unit: 'count',
    value: 'sum',
    definition: 'Tasks that were cancelled, or taken to another provider, before anybody had failed.',
    formula: 'Outcomes cancelled that stand: nobody accepted the task, or the job went on with another provider.',
    sources: outcomes,
    caveats: silent,
  },
  {
    ...hourly,
    id: 'jobs.onTime',
    title: 'On time',
    unit: 'ratio',
    value: 'ratio',
    bounds: 'wilson',
    definition: 'Share of the promises that are decided that were kept: delivered by the deadline.',
    formula:
      'Kept / (kept + missed). Kept: completed by the deadline. Missed: completed later, past the deadline while it runs, or slashed after it. A failure before the deadline says nothing of it.',
    sources: outcomes,
    caveats: 'Only of jobs with a deadline: iExec, Boundless and the full ComputeMarket.',
    better: 'higher',
  },
  { ...daily, id: 'jobs.timeToStartP50', title: 'Time to start, median', ...toStart('half took no longer.', '0.5') },
  {
    ...wide,
    id: 'jobs.timeToStartP90',
    title: 'Time to start, 90 %',
    ...toStart('nine of ten took no longer.', '0.9'),
  },
  { ...daily, id: 'jobs.timeToStartP95', title: 'Time to start, 95 %', ...toStart('19 of 20 took no longer.', '0.95') },
  { ...wide, id: 'jobs.timeToStartP99', title: 'Time to start, 99 %', ...toStart('99 of 100 took no longer.', '0.99') },
  { ...daily, id: 'jobs.timeToEndP50', title: 'Time to completion, median', ...toEnd('half took no longer.', '0.5') },
  {
    ...wide,
    id: 'jobs.timeToEndP90',
    title: 'Time to completion, 90 %',
    ...toEnd('nine of ten took no longer.', '0.9'),
  },
  {
    ...daily,
    id: 'jobs.timeToEndP95',
    title: 'Time to completion, 95 %',
    ...toEnd('19 of 20 took no longer.', '0.95'),
  },
  {
    ...wide,
    id: 'jobs.timeToEndP99',
    title: 'Time to completion, 99 %',
    ...toEnd('99 of 100 took no longer.', '0.99'),
  },
  {
    ...daily,
    id: 'jobs.promiseRatio',
    title: 'Duration by promise',
    unit: 'index',
    value: 'computed',
    definition:
      'How long completed tasks took by how long they were promised to take at most: 0.5 is half of it, 2 twice as long.',
    formula:
      'Geometric mean of (completion − assignment) / (deadline − assignment) over the completions that stand in the day. n: samples.',
    sources: outcomes,
    caveats:
      'Only of jobs with a deadline. Tasks that took no time, or were given out at their deadline, have no part in it.',
    better: 'lower',
  },
  {
    ...daily,
    subjects: ['network', 'provider'],
    id: 'survival.medianToEnd',
    title: 'Time to an end, median',
    unit: 'seconds',
    value: 'computed',
    definition:
      'Seconds by which half of the attempts had ended, one way or another, where those that still run are looked at as long as they did. What hangs makes it longer, as it should.',
    formula:
      'Kaplan and Meier: first t with Π (1 − d/n) ≤ ½ over the attempts on whose end the first word came that day, and those that went on at its end (censored). n: attempts; detail: how many still ran.',
    sources: [...outcomes, 'task_running'],
    caveats:
      'None below 20 attempts, or where more than half go on. An end is the first word on an attempt: what a dispute said later does not change it; cancelled attempts are looked at until then.',
    better: 'lower',
  },
  {
    ...daily,
    subjects: ['network', 'provider'],
    id: 'survival.completeIn24h',
    title: 'Complete within a day',
    unit: 'ratio',
    value: 'computed',
    definition: 'Probability that a task is complete 24 hours after a provider was given it.',
    formula:
      'Aalen and Johansen’s cumulative incidence of completion at 24 h over the same attempts; that of failure and the share that goes on make up the rest of one.',
    sources: [...outcomes, 'task_running'],
    caveats: 'None below 20 attempts, or where nothing was looked at for so long and some goes on.',
    better: 'higher',
  },
  {
    ...daily,
    subjects: ['network', 'provider'],
    id: 'survival.failIn24h',
    title: 'Failed within a day',
    unit: 'ratio',
    value: 'computed',
    definition: 'Probability that a task has failed 24 hours after a provider was given it.',
    formula: 'Aalen and Johansen’s cumulative incidence of failure at 24 h over the same attempts.',
    sources: [...outcomes, 'task_running'],
    caveats: 'None below 20 attempts, or where nothing was looked at for so long and some goes on.',
    better: 'lower',
  },
];
