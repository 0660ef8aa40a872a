import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import { recoverSigner } from '../../schema/lib/recoverSigner.js';
import { isFeedRole } from '../../schema/prices/feedContracts.js';
import { getAdapter } from '../adapters/adapters.js';
import { adaptFeedLog } from '../adapters/feedAdapter.js';
import type { ContractRead, ReadResults } from '../events/ContractRead.js';
import type { AdaptedLog, BrokenLog, DecodedLog } from '../events/logs.js';
import { LOGS_PER_TURN, type Turn } from './decodeLogs.js';

export interface AdaptedRange {
  readonly logs: readonly AdaptedLog[];
  readonly broken: readonly BrokenLog[];
}

export type ReadContracts = (reads: readonly ContractRead[]) => Promise<ReadResults>;

export interface AdaptOptions {
  readonly turn?: Turn;
  /** Time of a block that holds logs. */
  readonly timeOf?: (height: number) => Date | undefined;
}

/** Gives decoded logs their meaning, transaction by transaction. What has none for us is set aside, not lost. */
export async function adaptLogs(
  decoded: readonly DecodedLog[],
  read: ReadContracts,
  { turn, timeOf }: AdaptOptions = {},
): Promise<AdaptedRange> {
  const reads = await readAll(decoded, read);
  await recoverSigners(decoded, reads);
  const logs: AdaptedLog[] = [];
  const broken: BrokenLog[] = [];
  let sinceTurn = 0;
  for (const transaction of toTransactions(decoded)) {
    sinceTurn += transaction.length;
    if (turn && sinceTurn >= LOGS_PER_TURN) {
      sinceTurn = 0;
      await turn();
    }
    const time = timeOf?.(transaction[0]?.log.height ?? -1);
    adaptTransaction(transaction, { reads, time }, { logs, broken });
  }
  return { logs: isInOrder(logs) ? logs : logs.sort(inChainOrder), broken };
}

/** Asks until nothing new is asked for: one answer may name the next read. */
async function readAll(decoded: readonly DecodedLog[], read: ReadContracts): Promise<Map<string, unknown>> {
  const known = new Map<string, unknown>();
  const asked = new Set<string>();
  const asking = decoded.filter(
    (log) => !isOfFeed(log) && getAdapter(log.network.manifest.protocol).toReads !== undefined,
  );
  for (;;) {
    const wanted: ContractRead[] = [];
    for (const log of asking) {
      for (const one of getAdapter(log.network.manifest.protocol).toReads?.(log, known) ?? []) {
        if (!asked.has(one.key)) wanted.push(one);
        asked.add(one.key);
      }
    }
    if (wanted.length === 0) return known;
    for (const [key, answer] of await read(wanted)) known.set(key, answer);
  }
}

async function recoverSigners(decoded: readonly DecodedLog[], known: Map<string, unknown>): Promise<void> {
  for (const log of decoded) {
    const signed = getAdapter(log.network.manifest.protocol).toSignatures?.(log) ?? [];
    for (const { key, hash, signature } of signed) known.set(key, await recoverSigner(hash, signature));
  }
}

/** Logs of one network in one transaction stand together, its feeds' apart; all come in the order of the chain. */
function toTransactions(decoded: readonly DecodedLog[]): Iterable<readonly DecodedLog[]> {
  const transactions: DecodedLog[][] = [];
  let open: DecodedLog[][] = [];
  let [height, txIndex] = [-1, -1];
  for (const log of decoded) {
    if (log.log.height !== height || log.log.txIndex !== txIndex) {
      open = [];
      [height, txIndex] = [log.log.height, log.log.txIndex];
    }
    const ofNetwork = open.find(([first]) => first?.network === log.network && isOfFeed(first) === isOfFeed(log));
    if (ofNetwork) {
      ofNetwork.push(log);
      continue;
    }
    const begun = [log];
    open.push(begun);
    transactions.push(begun);
  }
  return transactions;
}

function adaptTransaction(
  transaction: readonly DecodedLog[],
  { reads, time }: { readonly reads: ReadResults; readonly time: Date | undefined },
  into: { readonly logs: AdaptedLog[]; readonly broken: BrokenLog[] },
): void {
  const [first] = transaction;
  try {
    if (first && isOfFeed(first)) {
      into.logs.push(...transaction.map(adaptFeedLog));
      return;
    }
    const protocol = first?.network.manifest.protocol ?? '';
    for (const adapted of getAdapter(protocol).adapt(transaction, reads, time)) into.logs.push(adapted);
  } catch (thrown) {
    if (thrown instanceof RetryableError) throw thrown;
    const reason = toMessage(thrown);
    for (const { log, network } of transaction) into.broken.push({ log, network, stage: 'adapt', reason });
  }
}

function isOfFeed({ role }: DecodedLog): boolean {
  return isFeedRole(role);
}

/** Two networks in one transaction may interleave; one network alone is in order as it is. */
function isInOrder(logs: readonly AdaptedLog[]): boolean {
  return logs.every((log, at) => at === 0 || inChainOrder(logs[at - 1] ?? log, log) <= 0);
}

function inChainOrder(one: AdaptedLog, other: AdaptedLog): number {
  return one.decoded.log.height - other.decoded.log.height || one.decoded.log.logIndex - other.decoded.log.logIndex;
}
