import type { Address, Hex } from 'viem';
import type { Agenda } from './agenda.js';
import type { Tally } from './consensus.js';
import type { HubAddresses } from './deploy.js';
import type { AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder } from './orders.js';
import type { Random } from './random.js';

/** Where everything lies on the chain: contracts, and the accounts in the order of the scenario. */
export interface Places extends HubAddresses {
  readonly accounts: readonly Address[];
  readonly apps: readonly Address[];
  readonly datasets: readonly Address[];
  readonly pools: readonly Address[];
}

/** One transaction of the market in its own words; accounts and pools are positions in the scenario. */
export type Action =
  | { readonly kind: 'createPool'; readonly pool: number }
  | {
      readonly kind: 'changePolicy';
      readonly pool: number;
      readonly workerStakePercent: number;
      readonly schedulerRewardPercent: number;
    }
  | { readonly kind: 'offer'; readonly pool: number; readonly order: WorkerpoolOrder }
  | {
      readonly kind: 'match';
      readonly app: number;
      readonly dataset?: number;
      readonly pool: number;
      readonly requester: number;
      readonly sponsor?: number;
      readonly orders: {
        readonly app: AppOrder;
        readonly dataset: DatasetOrder;
        readonly workerpool: WorkerpoolOrder;
        readonly request: RequestOrder;
      };
    }
  | { readonly kind: 'initialize'; readonly pool: number; readonly dealId: Hex; readonly index: number }
  | {
      readonly kind: 'contribute' | 'contributeAndFinalize';
      readonly pool: number;
      readonly worker: number;
      readonly taskId: Hex;
      readonly digest: Hex;
    }
  | { readonly kind: 'reveal'; readonly worker: number; readonly taskId: Hex; readonly digest: Hex }
  | { readonly kind: 'finalize' | 'reopen'; readonly pool: number; readonly taskId: Hex }
  | { readonly kind: 'claim'; readonly requester: number; readonly taskId: Hex }
  | { readonly kind: 'deposit' | 'withdraw'; readonly account: number; readonly amountNrlc: bigint };

/** Something that will come up at a given time. */
export type Occasion =
  | { readonly kind: 'hour' }
  | { readonly kind: 'arrival' }
  | { readonly kind: 'deal' }
  | { readonly kind: 'initialize' | 'claim'; readonly taskId: Hex }
  | { readonly kind: 'work' | 'reveal'; readonly taskId: Hex; readonly worker: number }
  | { readonly kind: 'revealEnd' | 'finalize'; readonly taskId: Hex; readonly round: number }
  | { readonly kind: 'join' | 'policy'; readonly pool: number }
  | { readonly kind: 'withdraw'; readonly account: number };

export interface Deal {
  readonly id: Hex;
  readonly pool: number;
  readonly requester: number;
  readonly payer: number;
  readonly timeRefS: number;
  readonly trust: number;
  readonly startsAt: number;
  readonly poolPriceNrlc: bigint;
  readonly taskPriceNrlc: bigint;
  openTasks: number;
}

/** How a task will end, decided when its deal is made. */
export type Fate = 'fast' | 'steps' | 'reopened' | 'silent' | 'abandoned';

export interface Contribution {
  readonly worker: number;
  readonly digest: Hex;
  state: 'contributed' | 'revealed' | 'rejected';
}

export interface Task {
  readonly id: Hex;
  readonly dealId: Hex;
  readonly index: number;
  fate: Fate;
  status: 'waiting' | 'active' | 'revealing' | 'done';
  /** How often it was opened: 1, and one more after each reopening. */
  round: number;
  /** Workers that were given the task and have not answered yet. */
  pending: number[];
  readonly contributions: Contribution[];
  readonly tally: Tally;
  consensus?: Hex;
  revealEndsAt?: number;
}

/** The whole of the market, plain data: stored beside the chain and given back, it goes on where it stood. */
export interface MarketState extends Agenda<Occasion> {
  readonly seed: number;
  readonly startsAt: number;
  readonly endsAt: number;
  live: boolean;
  /** Until then (unix s) live deals arrive at full pace. */
  busyUntil?: number;
  readonly random: { state: number };
  dealCount: number;
  readonly deals: Record<Hex, Deal>;
  readonly tasks: Record<Hex, Task>;
  readonly scores: Record<number, number>;
  /** Free balance on the hub of those who pay for deals. */
  readonly availableNrlc: Record<number, bigint>;
  /** Earned since the last withdrawal, rounded down. */
  readonly earnedNrlc: Record<number, bigint>;
  readonly joined: number[];
  readonly rewardPercents: Record<number, number>;
  /** The latest price epoch offered, by `<pool>:<category>`. */
  readonly offers: Record<string, number>;
}

/** One moment of the market, as the flows see it. */
export interface Turn {
  readonly now: number;
  readonly state: MarketState;
  readonly random: Random;
  readonly places: Places;
  act(action: Action): void;
  later(afterS: number, occasion: Occasion): void;
}

/** A moment of one task that is still open. */
export interface TaskTurn extends Turn {
  readonly task: Task;
  readonly deal: Deal;
}
