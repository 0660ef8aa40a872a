import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Surroundings } from '../createContext.js';
import type { Snapshot } from '../database/openSnapshot.js';
import type { ChainRow } from '../domains/chain/chainQueries.js';
import { toStaleReason } from '../domains/chain/freshness.js';

/** How current an answer is; `id` and `height` are decimal strings as everywhere in the API. */
export interface Freshness {
  readonly stale: boolean;
  readonly chains: readonly {
    readonly id: string;
    readonly height: string | null;
    readonly time: string | null;
    readonly stale: boolean;
  }[];
}

/**
 * The freshness of the snapshot that an answer is of; null where the snapshot could not be had. For answers that read
 * nothing the chains are read at most once a second, however many there are. A database that hangs holds up the answers
 * that need it, not every one: those carry what was read last, until the read fails.
 */
export function createFreshness(
  surroundings: Surroundings,
  log: Log,
): (snapshot: Snapshot) => Promise<Freshness | null> {
  const { database, staleAfterSeconds } = surroundings;
  let last: readonly ChainRow[] | null = null;
  let reading: Promise<void> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;

  async function read(): Promise<void> {
    readAt = performance.now();
    const snapshot = database.open();
    try {
      last = await snapshot.listChains();
    } catch (thrown) {
      // The answer goes out without it; an outage is logged by the query that meets it.
      if (!(thrown instanceof RetryableError)) log.error({ err: thrown }, 'the chains cannot be read');
      last = null;
    } finally {
      snapshot.release();
      reading = null;
    }
  }

  async function readLately(): Promise<readonly ChainRow[] | null> {
    if (!reading && performance.now() - readAt >= MAX_AGE_MS) reading = read();
    if (reading) await Promise.race([reading, sleep(PATIENCE_MS, undefined, { ref: false })]);
    return last;
  }

  async function readOf(snapshot: Snapshot): Promise<readonly ChainRow[] | null> {
    try {
      last = await snapshot.listChains();
      readAt = performance.now();
      return last;
    } catch {
      // What could not be read has said so in the fields that needed it.
      return null;
    }
  }

  return async (snapshot) => {
    const chains = await (snapshot.isUsed() ? readOf(snapshot) : readLately());
    return chains && toFreshness(chains, { now: new Date(), staleAfterSeconds });
  };
}

const MAX_AGE_MS = 1_000;
const PATIENCE_MS = 200;

function toFreshness(rows: readonly ChainRow[], clock: Parameters<typeof toStaleReason>[1]): Freshness {
  const chains = rows.map((chain) => ({
    id: String(chain.id),
    height: chain.height === null ? null : String(chain.height),
    time: chain.blockTime?.toISOString() ?? null,
    stale: toStaleReason(chain, clock) !== null,
  }));
  return { stale: chains.some((chain) => chain.stale), chains };
}
