import type { Hex } from '../../schema/lib/hex.js';

/** A call whose answer an adapter needs to give a log its meaning. */
export interface ContractRead {
  /** Under which the adapter finds the answer again. */
  readonly key: string;
  readonly address: Hex;
  /** Human-readable function signature. */
  readonly signature: string;
  readonly args: readonly unknown[];
  /** The block whose state is asked. */
  readonly blockHash: Hex;
  readonly height: number;
  /** True when the answer never changes once it exists: any later block may answer where that state is gone. */
  readonly immutable: boolean;
}

/** Answers by key; an absent key means the node could not tell. */
export type ReadResults = ReadonlyMap<string, unknown>;
