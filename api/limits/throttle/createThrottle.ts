import { type Bucket, fillBucket, putBack, takeFromBucket } from './bucket.js';
import type { Client, Limit, Throttle } from './Throttle.js';

export interface ThrottleOptions extends Limit {
  /** How many requests of a client run at a time. */
  readonly inFlight: number;
  /** Milliseconds of a clock that never steps back. */
  readonly clock?: () => number;
  readonly maxClients?: number;
}

interface Entry {
  bucket: Bucket;
  inFlight: number;
}

/**
 * The buckets of one process: several of them share nothing, so that a client that reaches all has as many buckets. Whoever
 * has been silent for longest is forgotten where there are too many, and begins anew with a full one.
 */
export function createThrottle(options: ThrottleOptions): Throttle {
  const { clock = () => performance.now(), maxClients = MAX_CLIENTS } = options;
  const everybody: Limit = { capacity: options.capacity, perSecond: options.perSecond };
  // In the order in which they were last asked for.
  const entries = new Map<string, Entry>();

  const toLimit = (client: Client) => client.limit ?? everybody;

  /** With what has been restored until now. */
  function open(client: Client): Entry {
    const nowMs = clock();
    const entry = entries.get(client.id) ?? {
      bucket: { available: toLimit(client).capacity, atMs: nowMs },
      inFlight: 0,
    };
    entry.bucket = fillBucket(entry.bucket, toLimit(client), nowMs);
    entries.delete(client.id);
    entries.set(client.id, entry);
    if (entries.size > maxClients) entries.delete(entries.keys().next().value as string);
    return entry;
  }

  return {
    admit(client, cost) {
      const entry = open(client);
      const { bucket, verdict } = takeFromBucket(entry.bucket, toLimit(client), cost);
      entry.bucket = bucket;
      return verdict;
    },
    refund(client, points) {
      const entry = open(client);
      entry.bucket = putBack(entry.bucket, toLimit(client), points);
    },
    enter(client) {
      const entry = open(client);
      if (entry.inFlight >= options.inFlight) return false;
      entry.inFlight += 1;
      return true;
    },
    leave(client) {
      const entry = entries.get(client.id);
      if (entry && entry.inFlight > 0) entry.inFlight -= 1;
    },
    getStatus(client) {
      const { capacity, perSecond } = toLimit(client);
      const { available } = open(client).bucket;
      return { maximumAvailable: capacity, currentlyAvailable: Math.floor(available), restoreRate: perSecond };
    },
  };
}

/** About 20 MB. */
const MAX_CLIENTS = 100_000;
