import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import { getAdapter } from '../adapters/adapters.js';
import type { Decoding } from '../decode/createDecoder.js';
import type { ContractRead, ReadResults } from '../events/ContractRead.js';
import type { AdaptedLog, BrokenLog, DecodedLog, RawLog } from '../events/logs.js';
import type { Source } from '../source/Source.js';

export interface AdaptedRange {
  readonly logs: readonly AdaptedLog[];
  readonly broken: readonly BrokenLog[];
}

/** Decodes logs and gives them their meaning, transaction by transaction. What cannot be read is set aside, not lost. */
export async function adaptLogs(
  logs: readonly RawLog[],
  options: { readonly decode: (log: RawLog) => Decoding; readonly source: Source; readonly cache: ReadCache },
): Promise<AdaptedRange> {
  const decoded: DecodedLog[] = [];
  const broken: BrokenLog[] = [];
  for (const log of logs) {
    const decoding = options.decode(log);
    if (decoding.kind === 'decoded') decoded.push(decoding.decoded);
    else if (decoding.kind === 'broken') broken.push(decoding.broken);
  }
  const reads = await readAll(decoded, options.source, options.cache);
  const adapted: AdaptedLog[] = [];
  for (const transaction of toTransactions(decoded)) {
    const outcome = adaptTransaction(transaction, reads);
    adapted.push(...outcome.logs);
    broken.push(...outcome.broken);
  }
  return { logs: adapted.sort(inChainOrder), broken };
}

/** What never changes is asked once per process. */
export type ReadCache = Map<string, unknown>;

async function readAll(decoded: readonly DecodedLog[], source: Source, cache: ReadCache): Promise<ReadResults> {
  const known = new Map<string, unknown>();
  const asked = new Set<string>();
  for (;;) {
    const wanted = new Map<string, ContractRead>();
    for (const log of decoded) {
      for (const read of getAdapter(log.network.manifest.protocol).toReads?.(log, known) ?? []) {
        const key = toCacheKey(read);
        if (cache.has(key)) known.set(read.key, cache.get(key));
        else if (!asked.has(read.key)) wanted.set(read.key, read);
        asked.add(read.key);
      }
    }
    if (wanted.size === 0) return known;
    const answers = await source.read([...wanted.values()]);
    for (const [key, answer] of answers) {
      known.set(key, answer);
      const read = wanted.get(key);
      if (read?.immutable) remember(cache, toCacheKey(read), answer);
    }
  }
}

function toCacheKey(read: ContractRead): string {
  return `${read.address}:${read.key}`;
}

const CACHE_ENTRIES = 20_000;

function remember(cache: ReadCache, key: string, answer: unknown): void {
  const oldest = cache.size >= CACHE_ENTRIES ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
  cache.set(key, answer);
}

/** Logs of one network in one transaction stand together, in order. */
function toTransactions(decoded: readonly DecodedLog[]): Iterable<readonly DecodedLog[]> {
  const transactions = new Map<string, DecodedLog[]>();
  for (const log of decoded) {
    const key = `${log.log.height}:${log.log.txIndex}:${log.network.definition.id}`;
    const logs = transactions.get(key);
    if (logs) logs.push(log);
    else transactions.set(key, [log]);
  }
  return transactions.values();
}

function adaptTransaction(transaction: readonly DecodedLog[], reads: ReadResults): AdaptedRange {
  const protocol = transaction[0]?.network.manifest.protocol ?? '';
  try {
    return { logs: getAdapter(protocol).adapt(transaction, reads), broken: [] };
  } catch (thrown) {
    if (thrown instanceof RetryableError) throw thrown;
    const reason = toMessage(thrown);
    return {
      logs: [],
      broken: transaction.map(({ log, network }) => ({ log, network, stage: 'adapt' as const, reason })),
    };
  }
}

function inChainOrder(one: AdaptedLog, other: AdaptedLog): number {
  return one.decoded.log.height - other.decoded.log.height || one.decoded.log.logIndex - other.decoded.log.logIndex;
}
