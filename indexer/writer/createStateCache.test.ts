import { createStateCache } from './createStateCache.js';

describe('the state cache', () => {
  it('keeps what was asked for lately and forgets the rest', () => {
    const cache = createStateCache<number>(4);
    for (let batch = 1; batch <= 20; batch++) {
      cache.set(`k${batch}a`, batch);
      cache.set(`k${batch}b`, batch);
      cache.get('k1a');
      cache.endBatch(batch, batch);
      expect(cache.size).toBeLessThanOrEqual(6);
    }
    expect(cache.get('k1a')).toBe(1);
    expect(cache.get('k1b')).toBeUndefined();
    expect(cache.get('k20b')).toBe(20);
  });

  it('never forgets what is not stored yet', () => {
    const cache = createStateCache<number>(2);
    for (let batch = 1; batch <= 10; batch++) {
      cache.set(`k${batch}`, batch);
      cache.set(`l${batch}`, batch);
      cache.endBatch(batch, 3);
    }
    for (let batch = 4; batch <= 10; batch++) expect(cache.get(`k${batch}`)).toBe(batch);
  });
});
