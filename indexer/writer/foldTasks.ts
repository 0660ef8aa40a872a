import type { EventContext } from './EventContext.js';
import type { JobState, Ref, TaskState, TaskStatus } from './states.js';

/**
 * The columns of jobs and tasks, folded step by step. `sql/refoldTasks.sql` and `sql/refoldJobs.sql` say the same over
 * all steps at once and are used after a rollback; a test holds the two equal.
 */

/** From when on it runs the job; before, it may have been another one. */
export function assignJob({ draft, of }: EventContext, job: JobState, provider: Ref | null): void {
  if (!provider || job.provider?.id === provider.id) return;
  if (job.provider) draft.deltas.ofProvider(job.provider).jobs -= 1;
  draft.deltas.ofProvider(provider).jobs += 1;
  job.provider = provider;
  draft.touchJob(of, job);
}

export type EndKind = 'completed' | 'failed';

export type StepKind = 'started' | 'attempted' | 'reopened' | 'verified' | EndKind;

const statuses: Readonly<Record<StepKind, TaskStatus>> = {
  started: 'running',
  attempted: 'running',
  reopened: 'disputed',
  verified: 'verified',
  completed: 'completed',
  failed: 'failed',
};

interface TaskStep<Kind extends StepKind> {
  readonly job: JobState;
  readonly task: TaskState;
  readonly kind: Kind;
}

/** The last step decides the status; a task that had ended and goes on no longer counts as ended. */
export function addTaskStep(context: EventContext, { job, task, kind }: TaskStep<Exclude<StepKind, EndKind>>): void {
  const { draft, of, place } = context;
  if (task.status === 'completed' || task.status === 'failed') {
    countEnd(context, job, { kind: task.status, by: -1 });
    job.ended = null;
  }
  task.status = statuses[kind];
  task.ended = null;
  if (kind === 'started') task.started ??= place;
  if (kind === 'attempted') task.attempts += 1;
  job.begun = true;
  draft.touchTask(of, task);
  draft.touchJob(of, job);
}

/** Of a task that has not ended. */
export function endTask(context: EventContext, { job, task, kind }: TaskStep<EndKind>): void {
  const { draft, of, place } = context;
  task.status = statuses[kind];
  task.ended = place;
  job.begun = true;
  countEnd(context, job, { kind, by: 1 });
  job.ended = job.completed + job.failed === job.volume ? place : null;
  draft.touchTask(of, task);
  draft.touchJob(of, job);
}

function countEnd({ draft, of }: EventContext, job: JobState, { kind, by }: { kind: EndKind; by: 1 | -1 }): void {
  job[kind] += by;
  draft.deltas.ofNetwork(of.network)[kind] += by;
  if (job.provider) draft.deltas.ofProvider(job.provider)[kind] += by;
}
