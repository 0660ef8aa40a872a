import type { Hex } from '../../../schema/lib/hex.js';
import type { RawLog } from '../../events/logs.js';
import type { BlockTime } from '../ChainSource.js';
import { type CompiledFilter, compileFilter, type LogFilter } from '../verification/logFilter.js';
import { MAX_DATA_BYTES, MAX_TOPICS } from '../verification/parseLog.js';
import {
  isAbsent,
  MalformedAnswer,
  parseAddress,
  parseBytes,
  parseEach,
  parseHash,
  parseList,
  parseNumber,
  parseObject,
} from '../verification/rpcCodec.js';
import { AnswerFault } from './AnswerFault.js';

export interface ParsedLogs {
  /** By height and log index, each once. */
  readonly logs: readonly RawLog[];
  /** Of every block with logs, where every log carries its block's time. */
  readonly times: ReadonlyMap<number, BlockTime> | undefined;
  /** What was put right. */
  readonly oddities: readonly Oddity[];
  /** Entries of the answer, before anything was put right. */
  readonly count: number;
}

export type Oddity = 'duplicate' | 'wrongOrder' | 'removed';

export interface LogRange {
  readonly from: number;
  readonly to: number;
  readonly filter: LogFilter;
}

/**
 * What `eth_getLogs` answered for a range. Order, repetition and logs marked as removed are put right; a log that is
 * outside the range or the filter, two logs at one place or two hashes at one height throw AnswerFault, what has not the
 * form of the protocol MalformedAnswer.
 */
export function parseRangeLogs(answer: unknown, range: LogRange): ParsedLogs {
  const reader = createLogReader(range);
  const entries = parseList(answer, 'logs', MAX_LOGS);
  const oddities = new Set<Oddity>();
  const logs: RawLog[] = [];
  let last: RawLog | undefined;
  for (const log of parseEach(entries, 'logs', reader.read)) {
    if (!log) {
      oddities.add('removed');
      continue;
    }
    if (last && compareByPlace(last, log) >= 0)
      oddities.add(compareByPlace(last, log) > 0 ? 'wrongOrder' : 'duplicate');
    logs.push(log);
    last = log;
  }
  const inOrder = oddities.has('wrongOrder') || oddities.has('duplicate') ? putInOrder(logs, oddities) : logs;
  return { logs: inOrder, times: reader.listTimes(), oddities: [...oddities], count: entries.length };
}

/** More would not fit into an answer of any size that is taken. */
const MAX_LOGS = 1_000_000;

export function compareByPlace(one: RawLog, other: RawLog): number {
  return one.height - other.height || one.logIndex - other.logIndex;
}

function putInOrder(logs: readonly RawLog[], oddities: Set<Oddity>): readonly RawLog[] {
  const kept: RawLog[] = [];
  for (const log of logs.toSorted(compareByPlace)) {
    const before = kept.at(-1);
    if (!before || compareByPlace(before, log) < 0) {
      kept.push(log);
    } else if (isSame(before, log)) {
      oddities.add('duplicate');
    } else {
      throw new AnswerFault('conflict', `block ${log.height}, log ${log.logIndex}`);
    }
  }
  return kept;
}

function isSame(one: RawLog, other: RawLog): boolean {
  return (
    one.blockHash === other.blockHash &&
    one.txHash === other.txHash &&
    one.txIndex === other.txIndex &&
    one.address === other.address &&
    one.data === other.data &&
    one.topics.join() === other.topics.join()
  );
}

interface LogReader {
  /** Undefined for a log that is marked as removed. */
  read(value: unknown): RawLog | undefined;
  listTimes(): ReadonlyMap<number, BlockTime> | undefined;
}

/**
 * Logs that follow each other share their block, transaction, contract and event: what was read once is known by the
 * string it came as, and every log holds the same copy of it.
 */
function createLogReader({ from, to, filter }: LogRange): LogReader {
  const wanted = compileFilter(filter);
  const toAddress = createKnown((value) => toWantedAddress(value, wanted));
  const toFirstTopic = createKnown((value) => toWantedTopic(value, wanted));
  const hashes = new Map<number, Hex>();
  const times = new Map<number, BlockTime>();
  let isTimed = true;
  let block = { rawNumber: NOTHING, rawHash: NOTHING, rawTime: NOTHING, height: -1, hash: NO_HASH };
  let tx = { rawHash: NOTHING, rawIndex: NOTHING, hash: NO_HASH, index: -1 };

  function enterBlock(rawNumber: unknown, rawHash: unknown, rawTime: unknown): void {
    const height = parseNumber(rawNumber, 'blockNumber');
    const hash = parseHash(rawHash, 'blockHash');
    if (height < from || height > to) throw new AnswerFault('outsideRange', `${height} is not of ${from} to ${to}`);
    const known = hashes.get(height) ?? hash;
    if (known !== hash) throw new AnswerFault('inconsistent', `block ${height} is both ${known} and ${hash}`);
    hashes.set(height, hash);
    if (isAbsent(rawTime)) isTimed = false;
    else noteTime(height, { hash, time: new Date(parseNumber(rawTime, 'blockTimestamp') * 1000) });
    block = { rawNumber, rawHash, rawTime, height, hash };
  }

  function noteTime(height: number, block: BlockTime): void {
    const known = times.get(height) ?? block;
    if (known.time.getTime() !== block.time.getTime())
      throw new AnswerFault('inconsistent', `times of block ${height}`);
    times.set(height, block);
  }

  function enterTransaction(rawHash: unknown, rawIndex: unknown): void {
    const hash = parseHash(rawHash, 'transactionHash');
    tx = { rawHash, rawIndex, hash, index: parseNumber(rawIndex, 'transactionIndex') };
  }

  return {
    read(value) {
      const answer = parseObject(value, 'log');
      const { blockNumber, blockHash, blockTimestamp, transactionHash, transactionIndex } = answer;
      if (isRemoved(answer.removed)) return undefined;
      if (blockNumber !== block.rawNumber || blockHash !== block.rawHash || blockTimestamp !== block.rawTime)
        enterBlock(blockNumber, blockHash, blockTimestamp);
      if (transactionHash !== tx.rawHash || transactionIndex !== tx.rawIndex)
        enterTransaction(transactionHash, transactionIndex);
      return {
        height: block.height,
        blockHash: block.hash,
        txHash: tx.hash,
        txIndex: tx.index,
        logIndex: parseNumber(answer.logIndex, 'logIndex'),
        address: toAddress(answer.address),
        topics: parseTopics(answer.topics, toFirstTopic, wanted),
        data: parseBytes(answer.data, 'data', MAX_DATA_BYTES),
      };
    },
    listTimes: () => (isTimed ? times : undefined),
  };
}

/** What no answer holds. */
const NOTHING: unknown = Symbol('nothing');
const NO_HASH: Hex = '0x';

function isRemoved(value: unknown): boolean {
  if (isAbsent(value) || value === false) return false;
  if (value !== true) throw new MalformedAnswer(`removed: expected true or false, got ${typeof value}.`);
  return true;
}

function toWantedAddress(value: unknown, { addresses }: CompiledFilter): Hex {
  const address = parseAddress(value, 'address');
  if (addresses.size > 0 && !addresses.has(address)) throw new AnswerFault('outsideFilter', address);
  return address;
}

function toWantedTopic(value: unknown, { topics: [alternatives] }: CompiledFilter): Hex {
  const topic = parseHash(value, 'topics');
  if (alternatives && alternatives.size > 0 && !alternatives.has(topic)) throw new AnswerFault('outsideFilter', topic);
  return topic;
}

/** Only the first topic is ever asked for. */
function parseTopics(value: unknown, toFirst: (value: unknown) => Hex, wanted: CompiledFilter): readonly Hex[] {
  const list = parseList(value, 'topics', MAX_TOPICS);
  if (list.length === 0 && wanted.topics.length > 0) throw new AnswerFault('outsideFilter', 'a log without topics');
  const topics: Hex[] = [];
  for (const topic of list) topics.push(topics.length === 0 ? toFirst(topic) : parseHash(topic, 'topics'));
  return topics;
}

const MAX_KNOWN = 10_000;

function createKnown(parse: (value: unknown) => Hex): (value: unknown) => Hex {
  const known = new Map<unknown, Hex>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const parsed = parse(value);
    if (known.size < MAX_KNOWN) known.set(value, parsed);
    return parsed;
  };
}
