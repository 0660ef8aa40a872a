import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import type { TapeBlocks } from './createTapeBlocks.js';
import { createHeightSet, type HeightRange, type HeightSet } from './heightSet.js';

/**
 * Logs of a tape, and which heights are known for which contracts: any range is answered whose every height was asked
 * before for every contract, however the recording had cut its ranges.
 */
export interface TapeLogs {
  add(call: RpcCall, value: unknown): void;
  /** After the last `add`. */
  end(): void;
  find(call: RpcCall): RpcAnswer | undefined;
  /** Which logs are missing for an answer, in words. */
  explain(call: RpcCall): string;
}

export function createTapeLogs(blocks: TapeBlocks): TapeLogs {
  const groups = new Map<string, Group>();
  const kept = createKeptLogs(blocks);

  function isKnownByHash(filter: Filter, hash: string): boolean {
    if ([...groups.values()].some((group) => group.hashes.has(hash) && covers(group, filter))) return true;
    const height = blocks.findHeight(hash);
    if (height === undefined || kept.toHash(height) !== hash) return false;
    return listUnknown(groups, filter, { from: height, to: height }).length === 0;
  }

  return {
    add({ params }, value) {
      const filter = params[0] as Filter;
      kept.add((value ?? []) as readonly RpcLog[]);
      // A choice by further topics leaves open what else there is.
      if (filter.topics?.slice(1).some((topic) => topic !== null)) return;
      const group = toGroup(filter);
      const known = groups.get(group.key) ?? group;
      groups.set(group.key, known);
      const range = toRange(filter);
      if (filter.blockHash !== undefined) known.hashes.add(filter.blockHash.toLowerCase());
      else if (range) known.heights.add(range.from, range.to);
    },
    end() {
      for (const { hashes, heights } of groups.values()) {
        for (const hash of hashes) {
          const height = blocks.findHeight(hash);
          if (height !== undefined && blocks.findHash(height) === hash) heights.add(height, height);
        }
      }
      kept.end();
    },
    find({ params }) {
      const filter = params[0] as Filter;
      if (filter.blockHash !== undefined) {
        const hash = filter.blockHash.toLowerCase();
        return isKnownByHash(filter, hash) ? { kind: 'result', value: kept.listOfBlock(hash, filter) } : undefined;
      }
      const range = toRange(filter);
      if (!range || listUnknown(groups, filter, range).length > 0) return undefined;
      return { kind: 'result', value: kept.listOfRange(range, filter) };
    },
    explain({ params }) {
      const filter = params[0] as Filter;
      const range = filter.blockHash === undefined ? toRange(filter) : undefined;
      const [unknown] = range ? listUnknown(groups, filter, range) : [];
      return unknown ? `logs of ${unknown}` : `logs of block ${filter.blockHash ?? JSON.stringify(filter)}`;
    },
  };
}

interface Filter {
  readonly fromBlock?: string;
  readonly toBlock?: string;
  readonly blockHash?: string;
  readonly address?: Alternatives;
  readonly topics?: readonly Alternatives[];
}

type Alternatives = string | readonly string[] | null | undefined;

/** Everything that was ever asked for the same contracts and first topics. */
interface Group {
  readonly key: string;
  /** Empty: any. */
  readonly addresses: ReadonlySet<string>;
  readonly topics: ReadonlySet<string>;
  readonly heights: HeightSet;
  readonly hashes: Set<string>;
}

function toGroup(filter: Filter): Group {
  const addresses = toSet(filter.address);
  const topics = toSet(filter.topics?.[0]);
  const key = JSON.stringify([[...addresses].sort(), [...topics].sort()]);
  return { key, addresses, topics, heights: createHeightSet(), hashes: new Set() };
}

function toSet(entry: Alternatives): ReadonlySet<string> {
  const entries = typeof entry === 'string' ? [entry] : (entry ?? []);
  return new Set(entries.map((one) => one.toLowerCase()));
}

function toRange({ fromBlock, toBlock }: Filter): HeightRange | undefined {
  if (!fromBlock?.startsWith('0x') || !toBlock?.startsWith('0x')) return undefined;
  return { from: Number(fromBlock), to: Number(toBlock) };
}

function covers(group: Group, filter: Filter): boolean {
  return isWithin(toSet(filter.address), group.addresses) && isWithin(toSet(filter.topics?.[0]), group.topics);
}

/** An empty set stands for anything. */
function isWithin(asked: ReadonlySet<string>, known: ReadonlySet<string>): boolean {
  if (known.size === 0) return true;
  return asked.size > 0 && [...asked].every((entry) => known.has(entry));
}

/** Which heights of which contracts nobody has asked before, in words; empty where all are known. */
function listUnknown(groups: ReadonlyMap<string, Group>, filter: Filter, range: HeightRange): readonly string[] {
  const { from, to } = range;
  const fitting = [...groups.values()].filter((group) => isWithin(toSet(filter.topics?.[0]), group.topics));
  const isWhole = ({ heights }: Group) => heights.listMissing(from, to).length === 0;
  if (fitting.some((group) => covers(group, filter) && isWhole(group))) return [];
  const addresses = toSet(filter.address);
  const unknown: string[] = [];
  for (const address of addresses.size > 0 ? addresses : ['']) {
    const known = fitting.filter((group) => group.addresses.size === 0 || group.addresses.has(address));
    let rest: readonly HeightRange[] = [range];
    for (const { heights } of known) rest = rest.flatMap((part) => heights.listMissing(part.from, part.to));
    const [first] = rest;
    if (first) unknown.push(`${address || 'any contract'} at blocks ${first.from} to ${first.to}`);
  }
  return unknown;
}

interface RpcLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly logIndex: string;
}

interface KeptLog {
  readonly index: number;
  readonly address: string;
  readonly topics: readonly string[];
  /** As text: a fraction of the room that the object takes. */
  readonly text: string;
}

/** Every log once, by block and index; asked again it is what came last. */
function createKeptLogs(blocks: TapeBlocks) {
  const byHash = new Map<string, Map<number, KeptLog>>();
  const hashesByHeight = new Map<number, string[]>();
  let sortedHeights: readonly number[] = [];

  function add(log: RpcLog): void {
    const hash = log.blockHash.toLowerCase();
    const height = Number(log.blockNumber);
    let ofBlock = byHash.get(hash);
    if (!ofBlock) {
      ofBlock = new Map();
      byHash.set(hash, ofBlock);
      hashesByHeight.set(height, [...(hashesByHeight.get(height) ?? []), hash]);
    }
    const index = Number(log.logIndex);
    const topics = log.topics.map((topic) => topic.toLowerCase());
    ofBlock.set(index, { index, address: log.address.toLowerCase(), topics, text: JSON.stringify(log) });
  }

  function listOfBlock(hash: string, filter: Filter): unknown[] {
    const found = [...(byHash.get(hash)?.values() ?? [])].filter((log) => isAskedFor(log, filter));
    return found.sort((one, other) => one.index - other.index).map(({ text }) => JSON.parse(text));
  }

  /** The block of the height that the chain came to keep. */
  function toHash(height: number): string | undefined {
    return blocks.findHash(height) ?? hashesByHeight.get(height)?.at(-1);
  }

  return {
    add: (logs: readonly RpcLog[]) => logs.forEach(add),
    end() {
      sortedHeights = [...hashesByHeight.keys()].sort((one, other) => one - other);
    },
    toHash,
    listOfBlock,
    listOfRange({ from, to }: HeightRange, filter: Filter): unknown[] {
      const heights = sortedHeights.slice(findFirst(sortedHeights, from), findFirst(sortedHeights, to + 1));
      return heights.flatMap((height) => listOfBlock(toHash(height) ?? '', filter));
    },
  };
}

function isAskedFor(log: KeptLog, { address, topics }: Filter): boolean {
  const addresses = toSet(address);
  if (addresses.size > 0 && !addresses.has(log.address)) return false;
  return (topics ?? []).every((alternatives, position) => {
    const asked = toSet(alternatives);
    return asked.size === 0 || asked.has(log.topics[position] ?? '');
  });
}

/** Position of the first height that is not below the one given. */
function findFirst(sorted: readonly number[], height: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < height) low = middle + 1;
    else high = middle;
  }
  return low;
}
