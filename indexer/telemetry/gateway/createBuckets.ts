/** A token bucket by key. What is full is forgotten, so that only those cost memory who took something lately. */
export interface Buckets<K> {
  /** Whether anything is left, without taking it. */
  hasAny(key: K): boolean;
  /** Takes even where nothing is left, down to a debt of the whole capacity; less than 0 gives back. */
  take(key: K, amount?: number): void;
  /** Seconds until something is left again, at least 1. */
  secondsToWait(key: K): number;
}

export interface BucketOptions {
  readonly capacity: number;
  readonly perSecond: number;
  /** Buckets at most; beyond, those that took first are forgotten first. */
  readonly maxKeys: number;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

interface Bucket {
  left: number;
  at: number;
}

export function createBuckets<K>(options: BucketOptions): Buckets<K> {
  const { capacity, perSecond, maxKeys, now } = options;
  const buckets = new Map<K, Bucket>();
  return {
    hasAny(key) {
      const bucket = buckets.get(key);
      return bucket === undefined || refill(bucket) >= 1;
    },
    take(key, amount = 1) {
      const bucket = buckets.get(key) ?? open(key);
      bucket.left = Math.max(-capacity, refill(bucket) - amount);
    },
    secondsToWait(key) {
      const bucket = buckets.get(key);
      return bucket ? Math.max(1, Math.ceil((1 - refill(bucket)) / perSecond)) : 1;
    },
  };

  function refill(bucket: Bucket): number {
    const at = now();
    bucket.left = Math.min(capacity, bucket.left + ((at - bucket.at) / 1_000) * perSecond);
    bucket.at = at;
    return bucket.left;
  }

  function open(key: K): Bucket {
    if (buckets.size >= maxKeys) makeRoom();
    const bucket = { left: capacity, at: now() };
    buckets.set(key, bucket);
    return bucket;
  }

  /** A tenth of them at a time, so that a spray of addresses does not pay for the look through all of them each time. */
  function makeRoom(): void {
    let surplus = Math.ceil(maxKeys / 10);
    for (const key of buckets.keys()) {
      if (surplus === 0) return;
      buckets.delete(key);
      surplus -= 1;
    }
  }
}
