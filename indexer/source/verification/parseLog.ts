import type { Hex } from '../../../schema/lib/hex.js';
import type { RawLog } from '../../events/logs.js';
import type { LogEntries } from './logFilter.js';
import {
  isAbsent,
  MalformedAnswer,
  parseAddress,
  parseBytes,
  parseHash,
  parseList,
  parseNumber,
  parseObject,
} from './rpcCodec.js';

/** What of a log its receipt commits to. */
export interface LogContent extends LogEntries {
  readonly data: Hex;
}

/** A log as `eth_getLogs` answers, with what it says of itself besides. */
export interface AnsweredLog {
  readonly log: RawLog;
  readonly removed: boolean;
  /** Seconds, where the node gives it. */
  readonly time?: number;
}

/** Throws MalformedAnswer. */
export function parseLog(value: unknown, field: string): AnsweredLog {
  const answer = parseObject(value, field);
  const log: RawLog = {
    height: parseNumber(answer.blockNumber, `${field}.blockNumber`),
    blockHash: parseHash(answer.blockHash, `${field}.blockHash`),
    txHash: parseHash(answer.transactionHash, `${field}.transactionHash`),
    txIndex: parseNumber(answer.transactionIndex, `${field}.transactionIndex`),
    logIndex: parseNumber(answer.logIndex, `${field}.logIndex`),
    ...parseLogContent(answer, field),
  };
  const removed = isAbsent(answer.removed) ? false : answer.removed;
  if (typeof removed !== 'boolean')
    throw new MalformedAnswer(`${field}.removed: expected true or false, got ${typeof removed}.`);
  if (isAbsent(answer.blockTimestamp)) return { log, removed };
  return { log, removed, time: parseNumber(answer.blockTimestamp, `${field}.blockTimestamp`) };
}

/** Throws MalformedAnswer. */
export function parseLogContent(value: unknown, field: string): LogContent {
  const { address, topics, data } = parseObject(value, field);
  return {
    address: parseAddress(address, `${field}.address`),
    topics: parseList(topics, `${field}.topics`, MAX_TOPICS).map((topic) => parseHash(topic, `${field}.topics`)),
    data: parseBytes(data, `${field}.data`, MAX_DATA_BYTES),
  };
}

/** LOG4 is the widest instruction there is. */
const MAX_TOPICS = 4;
/** At 8 gas a byte this would take 134 million gas. */
const MAX_DATA_BYTES = 16_777_216;
