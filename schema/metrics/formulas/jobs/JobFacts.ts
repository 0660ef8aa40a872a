/**
 * What the chain says of one job, as `toOutcomes` reads it. Times are unix seconds, amounts base units; lists are in the order
 * of the chain.
 */
export interface JobFacts {
  readonly id: string;
  readonly buyer: string | null;
  /** Until when it was agreed to be done; null: the protocol records none. */
  readonly deadline: number | null;
  /** How long the work was promised to take, where no deadline is recorded. */
  readonly promisedSeconds: number | null;
  /** Agreed price per unit. */
  readonly price: bigint | null;
  readonly priceScale: number | null;
  readonly tasks: readonly TaskFact[];
  readonly steps: readonly StepFact[];
  /** Stake taken for a task of it. */
  readonly slashes: readonly SlashFact[];
  readonly payments: readonly PaymentFact[];
}

export interface TaskFact {
  readonly id: string;
  /** Where it was announced: with its job, or later. */
  readonly height: number;
}

/** A place in the chain: of all events of one log, `part` counts from 0. */
export interface FactPlace {
  readonly height: number;
  readonly logIndex: number;
  readonly part: number;
  readonly time: number;
}

export const stepKinds = [
  'created',
  'assigned',
  'attempted',
  'started',
  'verified',
  'reopened',
  'completed',
  'failed',
] as const;

export interface StepFact extends FactPlace {
  readonly kind: (typeof stepKinds)[number];
  /** Null for what happens to the job as a whole. */
  readonly taskId: string | null;
  readonly nodeId: string | null;
  /** Who is given the job, in a step that gives it to someone. */
  readonly providerId: string | null;
  /** What the node said of itself by then: its GPUs, how many, and where it stands. */
  readonly gpuModel: string | null;
  readonly gpus: number | null;
  readonly region: string | null;
  /** The same log tells a verdict against the task, or against a node's part in it. */
  readonly rejected: 'task' | 'node' | null;
}

export interface SlashFact extends FactPlace {
  readonly taskId: string;
  /** Null: of whoever has the task. */
  readonly providerId: string | null;
  /** Whether it took of the provider's bonded stake; a worker's of a pool does not. */
  readonly isProviders: boolean;
}

/** All that a block pays for a task. */
export interface PaymentFact {
  readonly taskId: string;
  readonly height: number;
  readonly time: number;
  /** Pay for work. */
  readonly paid: bigint;
  /** What the protocol keeps. */
  readonly fee: bigint;
}
