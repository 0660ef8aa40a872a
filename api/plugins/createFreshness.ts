import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Surroundings } from '../createContext.js';
import { listChains } from '../domains/chain/chainQueries.js';
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
 * Reads the chains at most once a second, however many requests ask; null while they cannot be read. A database that
 * hangs holds up the queries that need it, not every answer: those carry what was read last, until the read fails.
 */
export function createFreshness(surroundings: Surroundings, log: Log): () => Promise<Freshness | null> {
  let last: Freshness | null = null;
  let reading: Promise<void> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;

  async function read(): Promise<void> {
    readAt = performance.now();
    try {
      last = await readFreshness(surroundings);
    } catch (thrown) {
      // The answer goes out without it; an outage is logged by the query that meets it.
      if (!(thrown instanceof RetryableError)) log.error({ err: thrown }, 'the chains cannot be read');
      last = null;
    } finally {
      reading = null;
    }
  }

  return async () => {
    if (!reading && performance.now() - readAt >= MAX_AGE_MS) reading = read();
    if (reading) await Promise.race([reading, sleep(PATIENCE_MS, undefined, { ref: false })]);
    return last;
  };
}

const MAX_AGE_MS = 1_000;
const PATIENCE_MS = 200;

async function readFreshness(surroundings: Surroundings): Promise<Freshness> {
  const { database, staleAfterSeconds } = surroundings;
  const clock = { now: new Date(), staleAfterSeconds };
  const chains = (await listChains(database)).map((chain) => ({
    id: String(chain.id),
    height: chain.height === null ? null : String(chain.height),
    time: chain.blockTime?.toISOString() ?? null,
    stale: toStaleReason(chain, clock) !== null,
  }));
  return { stale: chains.some((chain) => chain.stale), chains };
}
