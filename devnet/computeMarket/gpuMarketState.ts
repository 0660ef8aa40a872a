import type { Address } from 'viem';
import type { Agenda } from '../agenda.js';
import type { Random } from '../random.js';
import type { Act, Action } from './calls.js';

/** Something that will come up at a given time. Providers and nodes are positions in the cast. */
export type Occasion =
  | { readonly kind: 'hour' | 'arrival' | 'job' | 'wash' | 'fee' | 'treasury' }
  | { readonly kind: 'join' | 'leave' | 'retire' | 'reprice' | 'dispatch'; readonly provider: number }
  | { readonly kind: 'customer' | 'slander'; readonly provider: number }
  | { readonly kind: 'circle'; readonly provider: number; readonly work?: Work }
  | { readonly kind: 'freshWash'; readonly provider: number; readonly identity: number; readonly left: number }
  | { readonly kind: 'flap'; readonly node: number }
  | { readonly kind: 'cancel' | 'close' | 'expire' | 'verdict'; readonly job: number }
  | { readonly kind: 'start'; readonly job: number; readonly attempts: readonly Attempt[] }
  | {
      readonly kind: 'finish' | 'appeal' | 'resolve' | 'settle';
      readonly job: number;
      readonly attempt: Attempt;
    };

/** What a buyer wants done. */
export interface Work {
  readonly taskCount: number;
  /** What a task usually takes. */
  readonly workS: number;
  /** The provider will not take it. */
  readonly isDeclined: boolean;
}

/** A try at a task; what was planned for one that is over no longer counts. */
export interface Attempt {
  readonly task: number;
  readonly round: number;
}

export interface NodeState {
  /** Zero: not on offer. */
  priceWei: bigint;
  /** Away for a while; works on nothing. */
  paused: boolean;
  busy: boolean;
  /** Tasks on it that are not over for the contract. */
  openTasks: number;
  readonly stake: Stake;
}

export interface Stake {
  lockedWei: bigint;
  /** The part of it that secures tasks in progress. */
  bondedWei: bigint;
}

export interface ProviderState {
  readonly stake: Stake;
  hasLeft: boolean;
  readonly ledger: Ledger;
}

/** The truth about a provider, to hold the explorer's figures against. */
export interface Ledger {
  jobs: number;
  tasksCompleted: number;
  tasksFailed: number;
  paidWei: bigint;
  slashedWei: bigint;
}

export type TaskStatus = 'open' | 'assigned' | 'running' | 'completed' | 'rejected' | 'disputed' | 'failed' | 'paid';

export interface Task {
  status: TaskStatus;
  /** How often it was assigned. */
  round: number;
  node: number;
  /** When it got into its status. */
  since: number;
  gpuSeconds: number;
  /** The bond is the node's own stake, not its provider's. */
  ownBond: boolean;
  fate: 'completes' | 'fails' | 'stalls';
  /** Somebody has looked at what was delivered. */
  isJudged: boolean;
  /** It failed and will be assigned anew. */
  retried: boolean;
}

export interface Job {
  readonly id: number;
  readonly provider: number;
  /** Whose offer was taken. */
  readonly node: number;
  readonly buyer: number;
  readonly gpuSecondsPerTask: number;
  /** What a task usually takes. */
  readonly workS: number;
  readonly priceWei: bigint;
  readonly feeBps: bigint;
  readonly deadline: number;
  /** The provider will not take it. */
  readonly declined: boolean;
  accepted: boolean;
  closed: boolean;
  escrowWei: bigint;
  readonly tasks: Task[];
}

/** The whole of the market, plain data: stored beside the chain and given back, it goes on where it stood. */
export interface GpuMarketState extends Agenda<Occasion> {
  readonly seed: number;
  readonly startsAt: number;
  readonly endsAt: number;
  live: boolean;
  /** Until then (unix s) live jobs arrive at full pace. */
  busyUntil?: number;
  readonly random: { state: number };
  /** Of each planted provider its own. */
  readonly dice: Record<number, { state: number }>;
  jobCount: number;
  feeBps: bigint;
  treasuryWei: bigint;
  /** Those that have joined. */
  readonly providers: Record<number, ProviderState>;
  readonly nodes: Record<number, NodeState>;
  /** Those that are not over. */
  readonly jobs: Record<number, Job>;
}

/** One moment of the market, as the flows see it. */
export interface Turn {
  readonly now: number;
  readonly state: GpuMarketState;
  readonly random: Random;
  readonly wallets: readonly Address[];
  readonly act: Act;
  send(action: Action): void;
  later(afterS: number, occasion: Occasion): void;
}

/** A delay in seconds: what it is in the history, and live, where somebody watches. */
export function toDelayS(
  { state, random }: Turn,
  { history, live }: { readonly history: readonly [number, number]; readonly live: readonly [number, number] },
): number {
  return random.int(...(state.live ? live : history));
}
