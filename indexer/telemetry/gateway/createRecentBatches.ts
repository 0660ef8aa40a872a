import { MAX_COUNTER_LAG } from './limits.js';

/**
 * The last batches of one delegation that are known to be durable: counter → fingerprint of what was signed and of the
 * signature. It grows from a few to as many as the window of counters; what falls out is still known to the writer.
 */
export interface RecentBatches {
  /** What had become of this very batch. */
  find(counter: number, fingerprint: number): RecentCounts | undefined;
  add(batch: RecentBatch): void;
}

export interface RecentCounts {
  /** Beats that were handed to the writer. */
  readonly handed: number;
  readonly refused: number;
}

export interface RecentBatch extends RecentCounts {
  readonly counter: number;
  /** A whole number below 2^53. */
  readonly fingerprint: number;
  readonly lastSlot: number;
}

export function createRecentBatches(): RecentBatches {
  let size = FIRST_SIZE;
  /** Counter, fingerprint, and last slot with both counts, at the place that the counter's last bits name. */
  let entries = new Float64Array(size * WIDTH);
  return {
    find(counter, fingerprint) {
      const at = toPlace(counter);
      if (entries[at] !== counter || entries[at + 1] !== fingerprint) return undefined;
      const counts = (entries[at + 2] ?? 0) % (COUNT * COUNT);
      return { handed: Math.floor(counts / COUNT), refused: counts % COUNT };
    },
    add({ counter, fingerprint, lastSlot, handed, refused }) {
      while (size < MAX_COUNTER_LAG && isTaken(counter, lastSlot)) grow();
      const at = toPlace(counter);
      entries[at] = counter;
      entries[at + 1] = fingerprint;
      entries[at + 2] = (lastSlot * COUNT + handed) * COUNT + refused;
    },
  };

  function toPlace(counter: number): number {
    return (counter & (size - 1)) * WIDTH;
  }

  function isTaken(counter: number, lastSlot: number): boolean {
    const at = toPlace(counter);
    if (entries[at] === 0 || entries[at] === counter) return false;
    return Math.floor((entries[at + 2] ?? 0) / (COUNT * COUNT)) >= lastSlot - KEPT_SLOTS;
  }

  function grow(): void {
    const old = entries;
    size *= 2;
    entries = new Float64Array(size * WIDTH);
    for (let from = 0; from < old.length; from += WIDTH) {
      const counter = old[from] ?? 0;
      if (counter !== 0) entries.set(old.subarray(from, from + WIDTH), toPlace(counter));
    }
  }
}

const FIRST_SIZE = 4;
const WIDTH = 3;
/** More than MAX_BEATS. */
const COUNT = 1_024;
/** Older ones are STALE before anybody asks. */
const KEPT_SLOTS = 4;
