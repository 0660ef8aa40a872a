import type { Hex } from '../../schema/lib/hex.js';
import type { RawLog } from '../events/logs.js';
import { CopyBuffer } from './CopyBuffer.js';
import type { Moment } from './states.js';

/** What all logs of one transaction have in common, encoded once. */
export interface Place extends Moment {
  readonly blockHash: Hex;
  readonly txHash: Hex;
  readonly txIndex: number;
  /** ISO form of `time`. */
  readonly timeText: string;
  /** First half of the key of each row: `<chain>-<height>-`. */
  readonly keyText: string;
  /** Fields chain_id, height, time. */
  readonly blockFields: Buffer;
  /** Fields chain_id, height, time, tx_hash. */
  readonly txFields: Buffer;
  /** Fields chain_id, height, time, tx_hash, tx_index, block_hash. */
  readonly eventFields: Buffer;
  /** Parts of an event's canonical JSON: between its arguments and its data, before its topics, and after them. */
  readonly blockJson: string;
  readonly timeJson: string;
  readonly txJson: string;
  /** The end of a step's, a payout's and a stake change's. */
  readonly endJson: string;
}

export function isAt(place: Place | undefined, log: RawLog): place is Place {
  return (
    place !== undefined && place.height === log.height && place.txIndex === log.txIndex && place.txHash === log.txHash
  );
}

export function createPlace(chainId: number, log: RawLog, time: Date): Place {
  const { height, blockHash, txHash, txIndex } = log;
  const fields = new CopyBuffer('', 0, 256);
  const start = fields.length;
  fields.int64(chainId);
  fields.int64(height);
  fields.time(time);
  const block = fields.length;
  fields.hex(txHash);
  const tx = fields.length;
  fields.int32(txIndex);
  fields.hex(blockHash);
  const bytes = fields.slice(start);
  const timeText = time.toISOString();
  return {
    height,
    time,
    blockHash,
    txHash,
    txIndex,
    timeText,
    keyText: `${chainId}-${height}-`,
    blockFields: bytes.subarray(0, block - start),
    txFields: bytes.subarray(0, tx - start),
    eventFields: bytes,
    blockJson: `],["block_hash","${blockHash}"],["data","`,
    timeJson: `],["time","${timeText}"],["topics",[`,
    txJson: `]],["tx_hash","${txHash}"],["tx_index","${txIndex}"]]]`,
    endJson: `["tx_hash","${txHash}"]]]`,
  };
}
