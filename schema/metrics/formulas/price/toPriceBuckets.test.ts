import fc from 'fast-check';
import { parseFixed, toFixedText } from './fixedPoint.js';
import { toPriceBuckets } from './toPriceBuckets.js';

const ask = (price: string, gpus = 1) => ({ price: parseFixed(price), gpus });
const show = (given: Parameters<typeof toPriceBuckets>[0]) =>
  toPriceBuckets(given).map(
    ({ from, to, asks, gpus }) => `${toFixedText(from)}-${toFixedText(to)}: ${asks} of ${gpus}`,
  );

describe('prices in buckets of a logarithmic scale', () => {
  it('have edges that can be said aloud, and show where nobody asks', () => {
    expect(show([ask('0.46', 2), ask('0.63', 8), ask('0.799'), ask('1.25', 4)])).toEqual([
      ...['0.4-0.5: 1 of 2', '0.5-0.63: 0 of 0', '0.63-0.8: 2 of 9', '0.8-1: 0 of 0', '1-1.25: 0 of 0'],
      '1.25-1.6: 1 of 4',
    ]);
  });

  it('leave out what is free or for no GPU', () => {
    expect(show([ask('0', 4), ask('1', 0)])).toEqual([]);
  });

  it('hold every ask once, between the edges of its bucket', () => {
    const supply = fc.record({
      price: fc.bigInt({ min: 100n, max: 10n ** 24n }),
      gpus: fc.integer({ min: 1, max: 64 }),
    });
    fc.assert(
      fc.property(fc.array(supply, { minLength: 1, maxLength: 30 }), (given) => {
        const buckets = toPriceBuckets(given);
        expect(buckets.reduce((sum, { asks }) => sum + asks, 0)).toBe(given.length);
        for (const { from, to, asks } of buckets) {
          expect(given.filter(({ price }) => from <= price && price < to).length).toBe(asks);
        }
        for (const [at, { from }] of buckets.slice(1).entries()) expect(from).toBe(buckets[at]?.to);
      }),
    );
  });
});
