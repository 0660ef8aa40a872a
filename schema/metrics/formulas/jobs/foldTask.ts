import { assertNever } from '../../../lib/assert.js';
import {
  type Attempt,
  begin,
  close,
  type Fold,
  note,
  type Row,
  say,
  toDeadline,
  toKnown,
  type UnpaidOutcome,
} from './attempts.js';
import type { FactPlace, JobFacts, SlashFact, StepFact, TaskFact } from './JobFacts.js';
import type { OutcomeKind } from './Outcome.js';
import type { RunningTask } from './RunningTask.js';

export type TaskEvent =
  | { readonly of: 'step'; readonly step: StepFact }
  | { readonly of: 'slash'; readonly slash: SlashFact };

export interface FoldedTask {
  /** In the order in which they became known. */
  readonly rows: readonly UnpaidOutcome[];
  /** The attempt that a provider is at, as long as nothing was ever said of it. */
  readonly running: RunningTask | null;
}

/** The outcomes of a task's attempts; the rules are those of `toOutcomes`. */
export function foldTask(options: {
  readonly job: JobFacts;
  readonly task: TaskFact;
  /** In the order of the chain. */
  readonly events: readonly TaskEvent[];
  readonly now: number;
}): FoldedTask {
  const { job, task, events, now } = options;
  const fold: Fold = { job, taskId: task.id, rows: [], attempts: [], provider: null };
  for (const [at, event] of events.entries()) {
    const { time, height } = event.of === 'step' ? event.step : event.slash;
    const current = fold.attempts.at(-1);
    if (current) expire(fold, current, time);
    if (event.of === 'slash') slash(fold, event.slash);
    else if (height >= task.height) take(fold, event.step, isEndOf(event.step, events[at + 1]));
    // Who had the job before the task was announced has it from then on.
    else if (event.step.providerId !== null) fold.provider = event.step.providerId;
  }
  const current = fold.attempts.at(-1);
  // A deadline has passed in the block that has its time, as it has for those who claim their money back.
  if (current) expire(fold, current, now + 1);
  const rows = fold.rows.filter(({ knownFrom, knownTo }) => knownFrom !== knownTo);
  return { rows, running: current ? toRunning(fold, current, rows) : null };
}

function toRunning({ job, taskId }: Fold, attempt: Attempt, rows: readonly UnpaidOutcome[]): RunningTask | null {
  const { providerId, assignedAt, lastAt, ...known } = { ...toKnown(attempt), lastAt: attempt.lastAt };
  const isSilent = attempt.state === 'open' && !rows.some((row) => row.attempt === attempt);
  if (!isSilent || providerId === null || assignedAt === null) return null;
  return { jobId: job.id, taskId, buyer: job.buyer, providerId, assignedAt, ...known, lastAt };
}

function take(fold: Fold, step: StepFact, isCorrected: boolean): void {
  const attempt = fold.attempts.at(-1) ?? begin(fold, step, fold.provider);
  attempt.lastAt = step.time;
  switch (step.kind) {
    case 'created':
    case 'assigned':
      if (step.providerId !== null) assign(fold, attempt, step);
      break;
    case 'started':
    case 'attempted':
      goOn(fold, attempt, step);
      break;
    case 'verified':
      if (step.rejected === 'task') reject(fold, attempt, step);
      break;
    case 'reopened':
      if (step.rejected) reject(fold, attempt, step);
      else reopen(fold, attempt, { step, isCorrected });
      break;
    case 'completed':
      complete(fold, attempt, step);
      break;
    case 'failed':
      fail(fold, attempt, step);
      break;
    default:
      assertNever(step.kind);
  }
}

function assign(fold: Fold, attempt: Attempt, step: StepFact): void {
  const provider = step.providerId;
  fold.provider = provider;
  if (attempt.providerId === provider || attempt.state === 'ended' || attempt.state === 'contested') return;
  if (attempt.providerId === null && attempt.state === 'open') {
    give(fold, attempt, step);
    return;
  }
  if (attempt.providerId === null) close(attempt, step.time);
  else if (attempt.state === 'open') say(fold, attempt, { kind: 'cancelled', place: step });
  begin(fold, step, provider);
}

/** What nobody had so far. */
function give({ job, provider }: Fold, attempt: Attempt, { time }: FactPlace): void {
  attempt.providerId = provider;
  attempt.assignedAt = time;
  attempt.openSince = time;
  attempt.deadline = toDeadline(job, time);
}

/** A log that tells late, in the block of the end, what had begun before it, adds to what is known and begins nothing. */
function goOn(fold: Fold, attempt: Attempt, step: StepFact): void {
  const { row } = attempt;
  if (attempt.state === 'ended' && row && isSuccess(row.kind) && isLate(attempt, row, step)) {
    note(attempt, step);
    Object.assign(row, toKnown(attempt));
  } else if (attempt.state === 'ended' && row && isSuccess(row.kind) && attempt.providerId === fold.provider) {
    close(attempt, step.time);
    attempt.state = 'open';
    attempt.openSince = step.time;
    note(attempt, step);
  } else if (attempt.state === 'ended' || attempt.state === 'contested') {
    if (row && attempt.state === 'ended' && isSuccess(row.kind)) close(attempt, step.time);
    note(begin(fold, step, fold.provider), step);
  } else {
    if (attempt.state === 'expired' && row?.kind === 'cancelled') {
      close(attempt, step.time);
      attempt.state = 'open';
      attempt.deadline = null;
    }
    note(attempt, step);
  }
}

function isLate({ nodes, startedAt }: Attempt, row: Row, { kind, height }: StepFact): boolean {
  return row.height === height && (kind === 'started' ? startedAt === null : nodes.size === 0);
}

function reject(fold: Fold, attempt: Attempt, step: StepFact): void {
  if (attempt.state !== 'open' && attempt.state !== 'ended') return;
  say(fold, attempt, { kind: 'rejected', place: step });
  attempt.state = 'contested';
  attempt.isDisputed = false;
}

/** Before an end it is no dispute: the work goes on. One whose own log tells how it ends corrects an end. */
function reopen(
  fold: Fold,
  attempt: Attempt,
  { step, isCorrected }: { readonly step: StepFact; readonly isCorrected: boolean },
): void {
  if (attempt.state !== 'ended' && !(attempt.state === 'contested' && !attempt.isDisputed)) return;
  attempt.isSlashed = false;
  if (isCorrected) {
    close(attempt, step.time);
    attempt.state = 'open';
    attempt.openSince = step.time;
    return;
  }
  say(fold, attempt, { kind: 'disputed', place: step });
  attempt.state = 'contested';
  attempt.isDisputed = true;
}

function complete(fold: Fold, attempt: Attempt, step: StepFact): void {
  if (attempt.state === 'ended') return;
  const isWon = attempt.state === 'contested' && attempt.isDisputed;
  attempt.state = 'ended';
  if (attempt.row?.kind === 'slashed') return;
  say(fold, attempt, { kind: isWon ? 'disputeWon' : attempt.isSlashed ? 'slashed' : 'completed', place: step });
}

function fail(fold: Fold, attempt: Attempt, step: StepFact): void {
  if (attempt.state === 'ended') return;
  const isLost = attempt.state === 'contested' && attempt.isDisputed;
  const isKnown = attempt.row !== null && !isLost;
  attempt.state = 'ended';
  // That it failed is no news where its deadline had passed, or a verdict had rejected it.
  if (isKnown) return;
  const kind = isLost ? 'disputeLost' : attempt.isSlashed ? 'slashed' : isNobodys(attempt) ? 'cancelled' : 'failed';
  say(fold, attempt, { kind, place: step });
}

function isNobodys({ providerId, nodes, startedAt }: Attempt): boolean {
  return providerId === null && nodes.size === 0 && startedAt === null;
}

/** Of the last attempt of the provider that it hits. */
function slash(fold: Fold, fact: SlashFact): void {
  const attempt = fold.attempts.findLast(
    ({ providerId }) => fact.providerId === null || providerId === null || providerId === fact.providerId,
  );
  if (!attempt) return;
  attempt.isSlashed = true;
  const { kind } = attempt.row ?? {};
  if (kind === undefined || kind === 'disputed' || kind === 'disputeWon' || kind === 'disputeLost') return;
  if (kind !== 'slashed') say(fold, attempt, { kind: 'slashed', place: fact });
}

/** What has passed before `until`. */
function expire(fold: Fold, attempt: Attempt, until: number): void {
  if (attempt.state !== 'open') return;
  const due = attempt.deadline ?? toPromised(fold.job, attempt);
  const time = due === null ? until : Math.max(due, attempt.openSince);
  if (time >= until) return;
  const kind = attempt.isSlashed ? 'slashed' : isNobodys(attempt) ? 'cancelled' : 'timedOut';
  say(fold, attempt, { kind, place: null, time });
  attempt.state = 'expired';
}

/** Metrics.md A2.1: a job past three times what was promised hangs. */
const PATIENCE = 3;

function toPromised({ promisedSeconds }: JobFacts, { assignedAt, providerId }: Attempt): number | null {
  return promisedSeconds === null || assignedAt === null || providerId === null
    ? null
    : assignedAt + PATIENCE * promisedSeconds;
}

function isSuccess(kind: OutcomeKind): boolean {
  return kind === 'completed' || kind === 'disputeWon';
}

function isEndOf(step: StepFact, next: TaskEvent | undefined): boolean {
  if (next?.of !== 'step') return false;
  const { kind, height, logIndex } = next.step;
  return height === step.height && logIndex === step.logIndex && (kind === 'completed' || kind === 'failed');
}
