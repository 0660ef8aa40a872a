import type { Hex } from '../../schema/lib/hex.js';
import type { Contracts } from '../decode/createContracts.js';
import type { Decode } from '../decode/createDecoder.js';
import { feedTopics } from '../decode/createDecoder.js';
import type { ContractRead } from '../events/ContractRead.js';
import type { AdaptedLog, BrokenLog, ContractAnnouncement, RawLog } from '../events/logs.js';
import type { ChainSource, Filter } from '../source/ChainSource.js';
import type { Store } from '../writer/Store.js';
import { type AdaptOptions, adaptLogs } from './adaptLogs.js';
import { decodeLogs, type Turn } from './decodeLogs.js';

export interface InterpretedLogs {
  readonly logs: readonly AdaptedLog[];
  readonly broken: readonly BrokenLog[];
  readonly contracts: readonly ContractAnnouncement[];
  /** Answers of contract reads that were not kept yet. */
  readonly reads: ReadonlyMap<string, unknown>;
}

export interface Interpreter {
  readonly decode: Decode;
  readonly contracts: Contracts;
  readonly source: Pick<ChainSource, 'read'>;
  readonly store: Pick<Store, 'findReads'>;
  readonly turn?: Turn;
}

/**
 * From raw logs to what they mean. Where they announce a contract that the filter they were fetched by did not name, its
 * logs are missing: `fetchMissing` is asked for them, from the height of the announcement on, until nothing new shows.
 */
export async function interpretLogs(
  logs: readonly RawLog[],
  options: Interpreter & {
    readonly filter: Filter;
    readonly timeOf?: AdaptOptions['timeOf'];
    readonly fetchMissing: (filter: Filter, from: number) => Promise<readonly RawLog[]>;
  },
): Promise<InterpretedLogs> {
  const { filter, contracts } = options;
  const covered = new Set([...filter.addresses, ...(filter.also?.addresses ?? [])]);
  const isMissing = (address: Hex) => !covered.has(address);
  let whole = logs;
  for (;;) {
    const { decoded, broken, announced } = await decodeLogs(whole, options);
    // Without addresses the filter is by topics, and holds every protocol's logs.
    const ofProtocols = filter.addresses.length === 0 ? [] : contracts.addresses.filter(isMissing);
    const ofFeeds = contracts.feedAddresses.filter(isMissing);
    const missing = [...ofProtocols, ...ofFeeds];
    if (missing.length === 0) {
      const kept = new Map<string, unknown>();
      const adapted = await adaptLogs(decoded, (reads) => readContracts(reads, options, kept), options);
      return { logs: adapted.logs, broken: [...broken, ...adapted.broken], contracts: announced, reads: kept };
    }
    const parts: readonly Filter[] = [{ addresses: ofProtocols }, { addresses: ofFeeds, topics: feedTopics }];
    const found: RawLog[] = [];
    for (const part of parts) {
      if (part.addresses.length === 0) continue;
      const from = Math.min(...part.addresses.map((address) => contracts.findHeight(address) ?? 0));
      found.push(...(await options.fetchMissing(part, from)));
    }
    whole = [...whole, ...found].sort((one, other) => one.height - other.height || one.logIndex - other.logIndex);
    for (const address of missing) covered.add(address);
  }
}

/** Pinned to a block hash an answer is true for good: what was kept is not asked for again. */
async function readContracts(
  reads: readonly ContractRead[],
  { source, store }: Interpreter,
  kept: Map<string, unknown>,
): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  const known = await store.findReads(reads.map(toKeptKey));
  const unknown = reads.filter((read) => !known.has(toKeptKey(read)));
  const fresh = unknown.length > 0 ? await source.read(unknown) : new Map<string, unknown>();
  for (const read of reads) {
    const key = toKeptKey(read);
    if (known.has(key)) answers.set(read.key, known.get(key));
    else if (fresh.has(read.key)) {
      answers.set(read.key, fresh.get(read.key));
      kept.set(key, fresh.get(read.key));
    }
  }
  return answers;
}

function toKeptKey(read: ContractRead): string {
  return `${read.key}@${read.blockHash}`;
}
