import type { ContractRead } from '../events/ContractRead.js';
import type { Header, RawLog } from '../events/logs.js';

/** Where a chain's blocks come from. Every method throws RetryableError when the source is out of reach. */
export interface Source {
  /** The chain's own id for its history: two sources with another genesis are two chains. */
  getGenesisHash(): Promise<Header['hash']>;
  getHead(): Promise<Header>;
  /** The last block that can no longer be reorganised away, where the source knows one. */
  findFinalizedHeight(): Promise<number | undefined>;
  /** Headers of the heights asked for that exist, in ascending order. */
  listHeaders(heights: readonly number[]): Promise<readonly Header[]>;
  /** Logs of the addresses in the range, both ends included, by height and log index. */
  listLogs(range: LogRange): Promise<readonly RawLog[]>;
  /** Answers by key; what the node cannot answer is left out. */
  read(reads: readonly ContractRead[]): Promise<ReadonlyMap<string, unknown>>;
  close(): void;
}

export interface LogRange {
  readonly from: number;
  readonly to: number;
  readonly addresses: readonly string[];
}
