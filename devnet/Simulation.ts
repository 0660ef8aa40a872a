import type { ChainWriter, Transaction } from './chainWriter.js';
import type { Restored } from './restore.js';
import type { Rpc } from './rpc.js';
import type { Meta, Store } from './store.js';

/**
 * A simulated market as whoever drives its chain sees it: plain state and an agenda. It reads no clock and no chain; the
 * driver passes the time and sends the actions it returns, all in one block of that time.
 */
export interface Simulation<Action = unknown> {
  /** Plain data: stored beside the chain and given back, the market goes on where it stood. */
  readonly state: { readonly endsAt: number; readonly live: boolean };
  /** When something is due next. */
  nextAt(): number | undefined;
  /** Lets everything happen that is due at `now` and returns what to send. */
  advance(now: number): Action[];
  /** From here on deals are short and arrive by the minute. Called again after a pause, it makes the market busy again. */
  goLive(now: number): void;
}

/** Turns each action of a market into one transaction. */
export interface Encoder<Action = unknown> {
  encode(actions: readonly Action[]): Promise<Transaction[]>;
}

/** Everything that differs between the chains of the devnet. */
export interface Stage {
  readonly chainId: number;
  readonly accounts: number;
  /** What each account has at first, in whole coins; anvil's own 10,000 when left out. */
  readonly coins?: number;
  readonly historyDays: number;
  /** Raised when a change of the scenario or of the stored shapes makes older data folders useless. */
  readonly version: number;
  /** The contracts on the chain and the market that acts on them: deployed and empty, or as they were stored. */
  open(options: StageOptions): Promise<{ readonly market: Simulation; readonly encoder: Encoder }>;
}

export interface StageOptions {
  readonly store: Store;
  readonly meta: Meta & { readonly genesisTime: number };
  readonly rpc: Rpc;
  readonly writer: ChainWriter;
  readonly restored: Restored | undefined;
  readonly onProgress?: (progress: { phase: 'deploying'; done: number; total: number }) => void;
}
