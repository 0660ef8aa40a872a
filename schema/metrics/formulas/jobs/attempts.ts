import type { FactPlace, JobFacts, StepFact } from './JobFacts.js';
import type { Outcome, OutcomeKind } from './Outcome.js';

/** What `foldTask` knows of a task while it goes through its events, and what is noted of an attempt. */

/** A row before its payments, and in which blocks they are its attempt's: up to `heightTo`, not including it. */
export interface UnpaidOutcome extends Omit<Outcome, 'part' | 'paid' | 'fee' | 'paidAt'> {
  readonly attempt: { readonly heightFrom: number; readonly heightTo: number | null };
}

export interface Fold {
  readonly job: JobFacts;
  readonly taskId: string;
  readonly rows: Row[];
  readonly attempts: Attempt[];
  /** Who has the job. */
  provider: string | null;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
export type Row = Mutable<UnpaidOutcome>;

/**
 * open: nobody knows yet; expired: its deadline passed, and it may still end; ended: by a log; contested: it was rejected or
 * is disputed, and its next end decides.
 */
type State = 'open' | 'expired' | 'ended' | 'contested';

export type Machine = Pick<StepFact, 'gpuModel' | 'gpus' | 'region'>;

export interface Attempt {
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
  /** Of the last step of the task or its job since it began. */
  lastAt: number;
  readonly nodes: Set<string>;
  machine: Machine | null;
  isDisputed: boolean;
  isSlashed: boolean;
}

export function begin(fold: Fold, { height, time }: FactPlace, providerId: string | null): Attempt {
  const previous = fold.attempts.at(-1);
  if (previous) previous.heightTo = height;
  const attempt: Attempt = {
    heightFrom: height,
    heightTo: null,
    state: 'open',
    row: null,
    providerId,
    assignedAt: providerId === null ? null : time,
    startedAt: null,
    deadline: toDeadline(fold.job, time),
    openSince: time,
    lastAt: time,
    nodes: new Set<string>(),
    machine: null,
    isDisputed: false,
    isSlashed: false,
  };
  fold.attempts.push(attempt);
  return attempt;
}

export function close(attempt: Attempt, time: number): void {
  if (attempt.row) attempt.row.knownTo = time;
  attempt.row = null;
}

type Saying =
  | { readonly kind: OutcomeKind; readonly place: FactPlace; readonly time?: undefined }
  | { readonly kind: OutcomeKind; readonly place: null; readonly time: number };

export function say({ job, taskId, rows }: Fold, attempt: Attempt, { kind, place, time: due }: Saying): void {
  const time = place?.time ?? due ?? 0;
  close(attempt, time);
  attempt.row = {
    jobId: job.id,
    taskId,
    buyer: job.buyer,
    price: job.price,
    priceScale: job.priceScale,
    attempt,
    kind,
    knownFrom: time,
    knownTo: null,
    derived: place === null,
    height: place?.height ?? null,
    logIndex: place?.logIndex ?? null,
    ...toKnown(attempt),
  };
  rows.push(attempt.row);
}

export function toKnown({ providerId, nodes, machine, assignedAt, startedAt, deadline }: Attempt) {
  const [nodeId = null] = nodes.size === 1 ? nodes : [];
  const { gpuModel = null, gpus = null, region = null } = machine ?? {};
  return { providerId, nodeId, assignedAt, startedAt, deadline, gpuModel, gpus, region };
}

/** What a step says of the work: when it began, and on which machine. */
export function note(attempt: Attempt, { kind, nodeId, time, gpuModel, gpus, region }: StepFact): void {
  if (kind === 'started') attempt.startedAt ??= time;
  if (kind !== 'attempted' || nodeId === null || attempt.nodes.has(nodeId)) return;
  attempt.nodes.add(nodeId);
  attempt.machine = attempt.nodes.size === 1 ? { gpuModel, gpus, region } : null;
}

/** Who begins after it has passed did not promise it. */
export function toDeadline({ deadline }: JobFacts, time: number): number | null {
  return deadline !== null && time < deadline ? deadline : null;
}
