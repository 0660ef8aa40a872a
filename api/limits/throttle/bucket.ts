import type { Limit, Verdict } from './Throttle.js';

/** A leaky bucket: so many points at that moment of a clock that never steps back. */
export interface Bucket {
  readonly available: number;
  readonly atMs: number;
}

export function fillBucket(bucket: Bucket, { capacity, perSecond }: Limit, nowMs: number): Bucket {
  const restored = (Math.max(0, nowMs - bucket.atMs) / 1_000) * perSecond;
  return { available: Math.min(capacity, bucket.available + restored), atMs: Math.max(bucket.atMs, nowMs) };
}

/** Takes the cost out of a filled bucket where it holds that much, else nothing. */
export function takeFromBucket(
  bucket: Bucket,
  { capacity, perSecond }: Limit,
  cost: number,
): { readonly bucket: Bucket; readonly verdict: Verdict } {
  const { available, atMs } = bucket;
  if (cost > capacity) return { bucket, verdict: { kind: 'MAX_COST_EXCEEDED', available } };
  if (cost > available) {
    return { bucket, verdict: { kind: 'THROTTLED', available, retryAfterSeconds: (cost - available) / perSecond } };
  }
  const left = available - cost;
  return { bucket: { available: left, atMs }, verdict: { kind: 'OK', available: left } };
}

export function putBack(bucket: Bucket, { capacity }: Limit, points: number): Bucket {
  return { available: Math.min(capacity, bucket.available + points), atMs: bucket.atMs };
}
