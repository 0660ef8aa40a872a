import type { Log } from '../../schema/lib/log.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { Runtime } from '../lib/runtime.js';
import type { SyncReport } from '../monitor/SyncReport.js';
import type { ChainSource } from '../source/ChainSource.js';
import type { Store } from '../writer/Store.js';

export interface SyncOptions {
  readonly chainId: number;
  readonly networks: readonly Network[];
  readonly source: ChainSource;
  readonly store: Store;
  readonly runtime: Runtime;
  readonly log: Log;
  /** Ends the sync after the batch that is being written. */
  readonly signal: AbortSignal;
  readonly settings: SyncSettings;
  readonly report?: ((report: SyncReport) => void) | undefined;
}

export interface SyncSettings {
  /** Names this indexer among those that share the database. */
  readonly holder: string;
  /** Between two looks at the head, where nothing announces it. */
  readonly pollMs: number;
  /** Blocks in one request for logs, at most. */
  readonly maxRangeBlocks: number;
  /** Blocks below the head that count as final, whatever the node says. */
  readonly finalityDepth: number;
  /** A lease that is not renewed for so long may be taken by another indexer. */
  readonly leaseMs: number;
  /** Ends at this height instead of following the head. */
  readonly until?: number | undefined;
}

/** Within this many blocks of the head each block is asked for by its hash and stored: there reorgs happen. */
export const HEAD_WINDOW = 96;
