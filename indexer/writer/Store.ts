import type { Hex } from '../../schema/lib/hex.js';
import type { AdaptedLog, BrokenLog, ContractAnnouncement, Header } from '../events/logs.js';

/**
 * Where facts are kept, as the sync sees it: Postgres in the product, memory in a simulation. Whatever changes facts
 * names the lease it is done under and the cursor it starts from, and is done whole or not at all.
 */
export interface Store {
  /** Takes or renews the right to write this chain; undefined while another holder's has not run out. */
  acquireLease(holder: string, forMs: number): Promise<Lease | undefined>;
  /** Lets another one have it at once. */
  releaseLease(lease: Lease): Promise<void>;

  findCursor(): Promise<Cursor | undefined>;
  /** The final height that was recorded last; across a restart it still holds. */
  findFinalHeight(): Promise<number | undefined>;
  /** Stored blocks below a height, the highest first. */
  listBlocks(options: { readonly below: number; readonly limit: number }): Promise<readonly BlockKey[]>;
  /** Contracts that factories announced, in the order of the chain. */
  listContracts(): Promise<readonly ContractRow[]>;
  /** Answers of contract reads that were kept, by `ContractRead.key`. */
  findReads(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;

  /**
   * What can be done before the transaction: look-ups, rows, bytes. Reads only what is committed or was prepared before,
   * so that the next batch may be prepared while this one is written. Batches are written in the order they are prepared.
   */
  prepare(batch: Batch): Promise<PreparedBatch>;
  /**
   * Throws LeaseLostError or CursorMovedError when somebody else wrote. A connection that breaks at the commit is
   * looked after: it returns when the batch turns out to be stored, and throws RetryableError when it is not.
   */
  write(lease: Lease, prepared: PreparedBatch): Promise<void>;
  /**
   * Takes back every fact above `height`, which must be a stored block, and all of a coarse batch that it lies in; without
   * a height all there are. Returns where the cursor stands then.
   */
  rollBack(
    lease: Lease,
    options: { readonly from: Cursor; readonly height: number | undefined },
  ): Promise<Cursor | undefined>;
  /** Forgets what was prepared and not written; after any failure, before anything is prepared again. */
  forget(): void;

  /**
   * What the source said last, and how the sync stands; for readers, and no part of any digest. Throws LeaseLostError
   * when somebody else writes: whoever leads now has read what was final, and must not be told otherwise behind its back.
   */
  recordHead(lease: Lease, head: HeadRecord): Promise<void>;
  recordPhase(lease: Lease, phase: Phase, reason?: string): Promise<void>;
}

/** A token of the right to write; a higher epoch ends all lower ones. */
export interface Lease {
  readonly holder: string;
  readonly epoch: number;
}

/** The last block whose facts are written; none: the chain has not been begun. */
export interface Cursor {
  readonly height: number;
  readonly hash: Header['hash'];
}

export type BlockKey = Cursor;

/** Everything of the heights after `after` up to `last`, to be written whole or not at all. */
export interface Batch {
  readonly from: number;
  /**
   * What it adds to providers is kept for the batch, not for each of its blocks, so it can only be taken back as a whole.
   * Ranges of the past are coarse: there are many blocks of them, and nearly none is ever taken back.
   */
  readonly coarse: boolean;
  readonly after: Cursor | undefined;
  readonly last: Header;
  /** At least the blocks that hold logs and the last one; all of them near the head. Ascending. */
  readonly headers: readonly StoredHeader[];
  /** In the order of the chain. */
  readonly logs: readonly AdaptedLog[];
  readonly broken: readonly BrokenLog[];
  /** Contracts that the logs announce. */
  readonly contracts: readonly ContractRow[];
  /** What of the heights is proven, by range; together they cover the batch. */
  readonly verified: readonly VerifiedRange[];
  /** Answers of contract reads that never change, to be kept. */
  readonly reads: ReadonlyMap<string, unknown>;
}

/** A block of the past whose logs carried the time comes without its parent's hash. */
export type StoredHeader = Omit<Header, 'parentHash'> & { readonly parentHash?: Hex | undefined };

/** Opaque outside of the store that made it. */
export interface PreparedBatch {
  readonly batch: Batch;
}

export type ContractRow = ContractAnnouncement;

export interface VerifiedRange {
  /** Both ends included. */
  readonly from: number;
  readonly to: number;
  readonly level: 'exact' | 'superset' | 'none';
}

/**
 * waiting: the source is out of reach; standby: another indexer writes; backfill: far behind the head; live: at it;
 * halted: needs a person; complete: a recording that ends here.
 */
export type Phase = 'waiting' | 'standby' | 'backfill' | 'live' | 'halted' | 'complete';

export interface HeadRecord {
  readonly head: Pick<Header, 'height' | 'time'>;
  readonly safeHeight?: number | undefined;
  readonly finalizedHeight?: number | undefined;
}

/** Another writer moved the chain on: what was prepared no longer follows what is stored. */
export class CursorMovedError extends Error {
  override readonly name = 'CursorMovedError';
}

/** The lease ran out and somebody else took it. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}
