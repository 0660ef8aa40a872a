import { type Bucket, fillBucket, putBack, takeFromBucket } from './bucket.js';

describe('oracle API-02', () => {
  it('admits by what is requested and charges what was used', () => {
    const limit = { capacity: 1_000, perSecond: 50 };
    let bucket: Bucket = { available: limit.capacity, atMs: 0 };
    const ask = (at: number, requested: number, actual: number) => {
      bucket = fillBucket(bucket, limit, at * 1_000);
      const taken = takeFromBucket(bucket, limit, requested);
      bucket = taken.verdict.kind === 'OK' ? putBack(taken.bucket, limit, requested - actual) : taken.bucket;
      return { ...taken.verdict, available: bucket.available };
    };
    expect([ask(0, 400, 250), ask(0, 800, 800), ask(1, 800, 800), ask(2, 800, 300), ask(30, 1_001, 0)]).toEqual([
      { kind: 'OK', available: 750 },
      { kind: 'THROTTLED', available: 750, retryAfterSeconds: 1 },
      { kind: 'OK', available: 0 },
      { kind: 'THROTTLED', available: 50, retryAfterSeconds: 15 },
      { kind: 'MAX_COST_EXCEEDED', available: 1_000 },
    ]);
  });
});

describe('a bucket', () => {
  const limit = { capacity: 10, perSecond: 2 };

  it('holds no more than its capacity, whatever is put back or restored', () => {
    expect(putBack({ available: 9, atMs: 0 }, limit, 5).available).toBe(10);
    expect(fillBucket({ available: 9, atMs: 0 }, limit, 60_000).available).toBe(10);
  });

  it('loses nothing to a clock that steps back', () => {
    const bucket = fillBucket({ available: 4, atMs: 5_000 }, limit, 1_000);
    expect(bucket).toEqual({ available: 4, atMs: 5_000 });
    expect(fillBucket(bucket, limit, 6_000).available).toBe(6);
  });
});
