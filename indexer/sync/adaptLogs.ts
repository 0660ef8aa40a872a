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
  options: { readonly decode: (log: RawLog) => Decoding; readonly source: Source },
): Promise<AdaptedRange> {
  const decoded: DecodedLog[] = [];
  const broken: BrokenLog[] = [];
  for (const log of logs) {
    const decoding = options.decode(log);
    if (decoding.kind === 'decoded') decoded.push(decoding.decoded);
    else if (decoding.kind === 'broken') broken.push(decoding.broken);
  }
  const reads = await readAll(decoded, options.source);
  const adapted: AdaptedLog[] = [];
  for (const transaction of toTransactions(decoded)) {
    const outcome = adaptTransaction(transaction, reads);
    adapted.push(...outcome.logs);
    broken.push(...outcome.broken);
  }
  return { logs: adapted.sort(inChainOrder), broken };
}

/** Asks until nothing new is asked for: one answer may name the next read. Answers are not kept beyond the range. */
async function readAll(decoded: readonly DecodedLog[], source: Source): Promise<ReadResults> {
  const known = new Map<string, unknown>();
  const asked = new Set<string>();
  for (;;) {
    const wanted: ContractRead[] = [];
    for (const log of decoded) {
      for (const read of getAdapter(log.network.manifest.protocol).toReads?.(log, known) ?? []) {
        if (!asked.has(read.key)) wanted.push(read);
        asked.add(read.key);
      }
    }
    if (wanted.length === 0) return known;
    for (const [key, answer] of await source.read(wanted)) known.set(key, answer);
  }
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
