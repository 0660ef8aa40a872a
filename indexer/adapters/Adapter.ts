import type { ContractRead, ReadResults } from '../events/ContractRead.js';
import type { AdaptedLog, DecodedLog } from '../events/logs.js';
import type { SignedHash } from '../events/SignedHash.js';

/**
 * One protocol's meaning. Pure: no I/O, no clock, no state between calls. It sees the decoded logs of one transaction
 * together and in order, because some protocols tell their events apart only by what stands beside them.
 */
export interface Adapter {
  readonly protocol: string;
  /** Asked again with the answers so far, until it asks for nothing new: one read may name the next. */
  readonly toReads?: (decoded: DecodedLog, known: ReadResults) => readonly ContractRead[];
  /** Signatures in a log's arguments. Whose they are stands among the answers, under the same kind of key. */
  readonly toSignatures?: (decoded: DecodedLog) => readonly SignedHash[];
  /** `time` is that of the transaction's block; the sync always knows it. */
  readonly adapt: (transaction: readonly DecodedLog[], reads: ReadResults, time?: Date) => readonly AdaptedLog[];
}
