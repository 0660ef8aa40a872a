import type { Hex } from '../../schema/lib/hex.js';
import type { AdaptedLog, DecodedLog } from '../events/logs.js';

/** A call whose answer an adapter needs to give a log its meaning. */
export interface ContractRead {
  /** Under which the adapter finds the answer again. */
  readonly key: string;
  readonly address: Hex;
  /** Human-readable function signature. */
  readonly signature: string;
  readonly args: readonly unknown[];
  /** The block whose state is asked, by hash. */
  readonly blockHash: Hex;
  /** True when the answer never changes once it exists: any later block may answer where that state is gone. */
  readonly immutable: boolean;
}

/** Answers by key; an absent key means the node could not tell. */
export type ReadResults = ReadonlyMap<string, unknown>;

/**
 * One protocol's meaning. Pure: no I/O, no clock, no state between calls. It sees the decoded logs of one transaction
 * together and in order, because some protocols tell their events apart only by what stands beside them.
 */
export interface Adapter {
  readonly protocol: string;
  /** Asked again with the answers so far, until it asks for nothing new: one read may name the next. */
  readonly toReads?: (decoded: DecodedLog, known: ReadResults) => readonly ContractRead[];
  readonly adapt: (transaction: readonly DecodedLog[], reads: ReadResults) => readonly AdaptedLog[];
}
