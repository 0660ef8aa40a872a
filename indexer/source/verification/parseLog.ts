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
  readonly time: number | undefined;
}

/** Throws MalformedAnswer, in words that continue the log's place in the answer. */
export function parseLog(value: unknown): AnsweredLog {
  const answer = parseObject(value, 'log');
  const { removed } = answer;
  if (!isAbsent(removed) && typeof removed !== 'boolean')
    throw new MalformedAnswer(`removed: expected true or false, got ${typeof removed}.`);
  const log: RawLog = {
    height: parseNumber(answer.blockNumber, 'blockNumber'),
    blockHash: parseHash(answer.blockHash, 'blockHash'),
    txHash: parseHash(answer.transactionHash, 'transactionHash'),
    txIndex: parseNumber(answer.transactionIndex, 'transactionIndex'),
    logIndex: parseNumber(answer.logIndex, 'logIndex'),
    address: parseAddress(answer.address, 'address'),
    topics: parseTopics(answer.topics),
    data: parseBytes(answer.data, 'data', MAX_DATA_BYTES),
  };
  const time = isAbsent(answer.blockTimestamp) ? undefined : parseNumber(answer.blockTimestamp, 'blockTimestamp');
  return { log, removed: removed === true, time };
}

/** Throws MalformedAnswer, in words that continue the log's place in the answer. */
export function parseLogContent(value: unknown): LogContent {
  const { address, topics, data } = parseObject(value, 'log');
  return {
    address: parseAddress(address, 'address'),
    topics: parseTopics(topics),
    data: parseBytes(data, 'data', MAX_DATA_BYTES),
  };
}

function parseTopics(value: unknown): readonly Hex[] {
  const topics: Hex[] = [];
  for (const topic of parseList(value, 'topics', MAX_TOPICS)) topics.push(parseHash(topic, 'topics'));
  return topics;
}

/** LOG4 is the widest instruction there is. */
export const MAX_TOPICS = 4;
/** At 8 gas a byte this would take 134 million gas. */
export const MAX_DATA_BYTES = 16_777_216;
