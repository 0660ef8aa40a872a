import { createBuckets } from './createBuckets.js';

function openBuckets(maxKeys = 100) {
  const clock = { ms: 0 };
  return { clock, buckets: createBuckets<string>({ capacity: 3, perSecond: 2, maxKeys, now: () => clock.ms }) };
}

describe('createBuckets', () => {
  it('gives what it holds, and more with time', () => {
    const { clock, buckets } = openBuckets();
    for (let taken = 0; taken < 3; taken += 1) {
      expect(buckets.hasAny('a')).toBe(true);
      buckets.take('a');
    }
    expect(buckets.hasAny('a')).toBe(false);
    expect(buckets.hasAny('b')).toBe(true);
    clock.ms = 400;
    expect(buckets.hasAny('a')).toBe(false);
    clock.ms = 500;
    expect(buckets.hasAny('a')).toBe(true);
  });

  it('says how long to wait, debt included', () => {
    const { buckets } = openBuckets();
    buckets.take('a', 100);
    expect(buckets.secondsToWait('a')).toBe(2);
    expect(buckets.secondsToWait('b')).toBe(1);
  });

  it('forgets who took first rather than grow', () => {
    const { buckets } = openBuckets(10);
    for (let key = 0; key < 11; key += 1) buckets.take(String(key), 3);
    expect(buckets.hasAny('0')).toBe(true);
    expect(buckets.hasAny('1')).toBe(false);
    expect(buckets.hasAny('10')).toBe(false);
  });
});
