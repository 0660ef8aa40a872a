/**
 * What became of a provider's attempt at a task. The first two count for it, the next five against it, of the following two
 * nothing is held against anybody, and the last is not settled yet.
 */
export const outcomeKinds = [
  'completed',
  'disputeWon',
  'failed',
  'timedOut',
  'rejected',
  'disputeLost',
  'slashed',
  'failedByBuyer',
  'cancelled',
  'disputed',
] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/** 1: counts for the provider; 0: against it; `excluded`: for nobody; `censored`: nobody knows yet. */
export const outcomeValues: Readonly<Record<OutcomeKind, 0 | 1 | 'excluded' | 'censored'>> = {
  completed: 1,
  disputeWon: 1,
  failed: 0,
  timedOut: 0,
  rejected: 0,
  disputeLost: 0,
  slashed: 0,
  failedByBuyer: 'excluded',
  cancelled: 'excluded',
  disputed: 'censored',
};

/** A row of `task_outcome`. A later word on the same attempt (a dispute, a slash) is a row of its own, and ends this one's time. */
export interface Outcome {
  readonly jobId: string;
  readonly taskId: string;
  /** Numbers the task's outcomes in order, from 0. */
  readonly part: number;
  readonly providerId: string | null;
  readonly nodeId: string | null;
  readonly buyer: string | null;
  readonly kind: OutcomeKind;
  /** Unix seconds of the block, or of the deadline, from which on it was known. */
  readonly knownFrom: number;
  /** From then on something else was known; null: it stands. */
  readonly knownTo: number | null;
  /** Of the event that says it; null where it follows from a deadline alone (`derived`). */
  readonly height: number | null;
  readonly logIndex: number | null;
  readonly derived: boolean;
  readonly assignedAt: number | null;
  readonly startedAt: number | null;
  readonly deadline: number | null;
  /** Of the node at the time of the attempt, as it says. */
  readonly gpuModel: string | null;
  readonly gpus: number | null;
  readonly region: string | null;
  /** Agreed price per unit in base units, at `priceScale` decimals (null: the work token's). */
  readonly price: bigint | null;
  readonly priceScale: number | null;
  /**
   * What was paid for the task's work, and the protocol's fee, in base units of the work token: all up to the outcome, or, where
   * nothing was paid by then, what the first block that pays brings. Null: no payment known.
   */
  readonly paid: bigint | null;
  readonly fee: bigint | null;
  /** From when on both are known, as of which they count; never before `knownFrom`. Null as they are. */
  readonly paidAt: number | null;
}
