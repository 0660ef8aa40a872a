import { assertNever } from '../../../lib/assert.js';
import type { FactPlace, JobFacts, SlashFact, StepFact } from './JobFacts.js';
import type { Outcome, OutcomeKind } from './Outcome.js';

export type TaskEvent =
  | { readonly of: 'step'; readonly step: StepFact }
  | { readonly of: 'slash'; readonly slash: SlashFact };

/** A row before its payments, and in which blocks they are its attempt's: up to `heightTo`, not including it. */
export interface UnpaidOutcome extends Omit<Outcome, 'part' | 'paid' | 'fee' | 'paidAt'> {
  readonly attempt: { readonly heightFrom: number; readonly heightTo: number | null };
}

/** The outcomes of a task's attempts in the order in which they became known; the rules are those of `toOutcomes`. */
export function foldTask(options: {
  readonly job: JobFacts;
  readonly taskId: string;
  /** In the order of the chain. */
  readonly events: readonly TaskEvent[];
  readonly now: number;
}): readonly UnpaidOutcome[] {
  const { events, now } = options;
  const fold: Fold = { ...options, rows: [], attempts: [], provider: null };
  for (const [at, event] of events.entries()) {
    const { time } = event.of === 'step' ? event.step : event.slash;
    const current = fold.attempts.at(-1);
    if (current) expire(fold, current, time);
    if (event.of === 'slash') slash(fold, event.slash);
    else take(fold, event.step, isEndOf(event.step, events[at + 1]));
  }
  const current = fold.attempts.at(-1);
  // A deadline has passed in the block that has its time, as it has for those who claim their money back.
  if (current) expire(fold, current, now + 1);
  return fold.rows.filter(({ knownFrom, knownTo }) => knownFrom !== knownTo);
}

interface Fold {
  readonly job: JobFacts;
  readonly taskId: string;
  readonly rows: Row[];
  readonly attempts: Attempt[];
  /** Who has the job. */
  provider: string | null;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Row = Mutable<UnpaidOutcome>;

/**
 * open: nobody knows yet; expired: its deadline passed, and it may still end; ended: by a log; contested: it was rejected or
 * is disputed, and its next end decides.
 */
type State = 'open' | 'expired' | 'ended' | 'contested';

interface Attempt {
  readonly heightFrom: number;
  heightTo: number | null;
  state: State;
  /** What is known of it; none while it is open. */
  row: Row | null;
  providerId: string | null;
  assignedAt: number | null;
  startedAt: number | null;
  deadline: number | null;
  /** Since when it is open. */
  openSince: number;
  readonly nodes: Set<string>;
  machine: { readonly gpuModel: string | null; readonly gpus: number | null } | null;
  isDisputed: boolean;
  isSlashed: boolean;
}

function take(fold: Fold, step: StepFact, isCorrected: boolean): void {
  const attempt = fold.attempts.at(-1) ?? begin(fold, step, null);
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

function note(attempt: Attempt, { kind, nodeId, time, gpuModel, gpus }: StepFact): void {
  if (kind === 'started') attempt.startedAt ??= time;
  if (kind !== 'attempted' || nodeId === null || attempt.nodes.has(nodeId)) return;
  attempt.nodes.add(nodeId);
  attempt.machine = attempt.nodes.size === 1 ? { gpuModel, gpus } : null;
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

/** Who begins after it has passed did not promise it. */
function toDeadline({ deadline }: JobFacts, time: number): number | null {
  return deadline !== null && time < deadline ? deadline : null;
}

function begin(fold: Fold, { height, time }: FactPlace, providerId: string | null): Attempt {
  const previous = fold.attempts.at(-1);
  if (previous) previous.heightTo = height;
  const attempt: Attempt = {
    ...{ heightFrom: height, heightTo: null, state: 'open', row: null, providerId, openSince: time, startedAt: null },
    assignedAt: providerId === null ? null : time,
    deadline: toDeadline(fold.job, time),
    ...{ nodes: new Set<string>(), machine: null, isDisputed: false, isSlashed: false },
  };
  fold.attempts.push(attempt);
  return attempt;
}

function close(attempt: Attempt, time: number): void {
  if (attempt.row) attempt.row.knownTo = time;
  attempt.row = null;
}

type Saying =
  | { readonly kind: OutcomeKind; readonly place: FactPlace; readonly time?: undefined }
  | { readonly kind: OutcomeKind; readonly place: null; readonly time: number };

function say({ job, taskId, rows }: Fold, attempt: Attempt, { kind, place, time: due }: Saying): void {
  const time = place?.time ?? due ?? 0;
  close(attempt, time);
  attempt.row = {
    ...{ jobId: job.id, taskId, buyer: job.buyer, price: job.price, priceScale: job.priceScale, attempt },
    ...{ kind, knownFrom: time, knownTo: null, derived: place === null },
    ...{ height: place?.height ?? null, logIndex: place?.logIndex ?? null },
    ...toKnown(attempt),
  };
  rows.push(attempt.row);
}

function toKnown({ providerId, nodes, machine, assignedAt, startedAt, deadline }: Attempt) {
  const [nodeId = null] = nodes.size === 1 ? nodes : [];
  const { gpuModel = null, gpus = null } = machine ?? {};
  return { providerId, nodeId, assignedAt, startedAt, deadline, gpuModel, gpus };
}

function isSuccess(kind: OutcomeKind): boolean {
  return kind === 'completed' || kind === 'disputeWon';
}

function isEndOf(step: StepFact, next: TaskEvent | undefined): boolean {
  if (next?.of !== 'step') return false;
  const { kind, height, logIndex } = next.step;
  return height === step.height && logIndex === step.logIndex && (kind === 'completed' || kind === 'failed');
}
