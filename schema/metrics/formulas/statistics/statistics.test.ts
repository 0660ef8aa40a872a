import fc from 'fast-check';
import { apportion } from './apportion.js';
import { betaQuantile } from './betaQuantile.js';
import { chiSquareQuantile } from './chiSquareQuantile.js';
import { median } from './median.js';
import { percentileCont } from './percentileCont.js';
import { percentileDisc } from './percentileDisc.js';
import { roundHalfEven } from './roundHalfEven.js';
import { weightedMedian } from './weightedMedian.js';
import { wilsonInterval } from './wilsonInterval.js';

const many = { numRuns: Number(process.env.PROPERTY_CASES ?? 2_000) };

describe('rounding half to even', () => {
  it.each([
    [0.5, 0, '0'],
    [1.5, 0, '2'],
    [2.5, 0, '2'],
    [-2.5, 0, '-2'],
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [1.005, 2, '1.00'], // The double is 1.00499999999999989...
    [2.675, 2, '2.67'],
    [-0.0000001, 6, '0.000000'],
    [-0, 6, '0.000000'],
    [1e21, 0, '1000000000000000000000'],
    [5e-324, 6, '0.000000'],
    [99.9999995, 6, '100.000000'], // 99.99999950000000161...
    [1 / 3, 6, '0.333333'],
  ])('makes %d at %d places %s', (value, decimals, text) => {
    expect(roundHalfEven(value, decimals)).toBe(text);
  });

  it('is never further than half a unit from the number, and refuses what is none', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        const text = roundHalfEven(value);
        expect(text).toMatch(/^-?\d+\.\d{6}$/);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(5e-7 + Math.abs(value) * 1e-15);
      }),
      many,
    );
    for (const none of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => roundHalfEven(none)).toThrow('a finite number');
  });
});

describe('apportioning by largest remainder', () => {
  it('serves the largest remainders, equal ones by position', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4n, 3n, 3n]);
    expect(apportion(100n, [0.5, 0.3, 0.2])).toEqual([50n, 30n, 20n]);
    expect(apportion(3, [0, 5, 0])).toEqual([0n, 3n, 0n]);
    expect(apportion(0, [0, 0])).toEqual([0n, 0n]);
    expect(() => apportion(1, [0, 0])).toThrow('somebody with a share');
    expect(() => apportion(1, [-1, 2])).toThrow('shares of zero or more');
  });

  it('adds up exactly, each part less than a unit from its quota, of any shares', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.array(fc.double({ min: 0, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (total, shares) => {
          fc.pre(shares.some((share) => share > 0));
          const parts = apportion(total, shares);
          expect(parts.reduce((of, part) => of + part, 0n)).toBe(total);
          const sum = shares.reduce((of, share) => of + share / 8, 0) * 8;
          if (Number.isFinite(sum) && sum > 1e-300)
            shares.forEach((share, at) => {
              const quota = Number(total) * (share / sum);
              expect(Math.abs(Number(parts[at]) - quota)).toBeLessThan(1 + 1e-9 * Number(total));
            });
        },
      ),
      many,
    );
  });
});

describe('quantiles', () => {
  it('knows closed forms: Beta(1,1) is even, Beta(n,1) a power, chi-square of two degrees exponential', () => {
    expect(betaQuantile(0.05, 1, 1)).toBeCloseTo(0.05, 12);
    expect(betaQuantile(0.05, 7, 1)).toBeCloseTo(0.05 ** (1 / 7), 12);
    expect(chiSquareQuantile(0.975, 2)).toBeCloseTo(-2 * Math.log(0.025), 10);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), chiSquareQuantile(0, 3)]).toEqual([0, 1, 0]);
    expect(() => betaQuantile(0.05, 0, 1)).toThrow('above zero');
    expect(() => chiSquareQuantile(1, 2)).toThrow('below one');
  });

  it('stays in [0, 1] whatever the record, and more failures never raise it', () => {
    const evidence = fc.double({ min: 0.001, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(evidence, evidence, fc.double({ min: 0, max: 100, noNaN: true }), (alpha, beta, more) => {
        const value = betaQuantile(0.05, alpha, beta);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(betaQuantile(0.05, alpha, beta + more)).toBeLessThanOrEqual(value + 1e-12);
      }),
      many,
    );
  });
});

describe('the interval of Wilson', () => {
  const trials = fc
    .tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([n, share]) => ({ n, successes: Math.min(n, n * share) }));

  it('property 17: holds the rate, within [0, 1], and widens with the confidence asked for', () => {
    const z = fc.double({ min: 0, max: 6, noNaN: true });
    fc.assert(
      fc.property(trials, z, z, (of, one, other) => {
        const narrow = wilsonInterval({ ...of, z: Math.min(one, other) });
        const wide = wilsonInterval({ ...of, z: Math.max(one, other) });
        expect(wide.lower).toBeGreaterThanOrEqual(0);
        expect(wide.upper).toBeLessThanOrEqual(1);
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower + 1e-12);
        expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper - 1e-12);
        if (of.n > 0) {
          expect(narrow.lower).toBeLessThanOrEqual(of.successes / of.n + 1e-12);
          expect(narrow.upper).toBeGreaterThanOrEqual(of.successes / of.n - 1e-12);
        }
      }),
      many,
    );
  });

  it('ends exactly at 0 and 1 where nothing or everything succeeded', () => {
    expect(wilsonInterval({ successes: 0, n: 0 })).toEqual({ lower: 0, upper: 1 });
    expect(wilsonInterval({ successes: 0, n: 5.5 }).lower).toBe(0);
    expect(wilsonInterval({ successes: 5.5, n: 5.5 }).upper).toBe(1);
    expect(() => wilsonInterval({ successes: 2, n: 1 })).toThrow('between none and all');
  });
});

describe('percentiles and medians', () => {
  const waits = [12, 15, 9, 30, 45, 20, 600, 18, 22, 25];

  it('are those of Postgres, continuous and discrete', () => {
    expect([0.5, 0.9, 0.95, 0.99].map((q) => percentileDisc(waits, q))).toEqual([20, 45, 600, 600]);
    expect(percentileCont(waits, 0.9)).toBeCloseTo(100.5, 9);
    expect([percentileDisc(waits, 0), percentileCont(waits, 1)]).toEqual([9, 600]);
    expect(percentileDisc([5n, 3n, 10n ** 30n], 1)).toBe(10n ** 30n);
  });

  it('are null of nothing', () => {
    expect([median([]), percentileCont([], 0.5), percentileDisc([], 0.5), weightedMedian([])]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(weightedMedian([{ value: 1, weight: 0 }])).toBeNull();
  });

  it('take the middle by count and by weight', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(
      weightedMedian([
        { value: 9n, weight: 1n },
        { value: 2n, weight: 2n },
        { value: 5n, weight: 1n },
      ]),
    ).toBe(2n);
    expect(
      weightedMedian([
        { value: 2.5, weight: 5 },
        { value: 2, weight: 10 },
        { value: 2.1, weight: 30 },
      ]),
    ).toBe(2.1);
  });

  it('do not depend on the order in which values come', () => {
    const item = fc.record({
      value: fc.double({ min: 0, max: 10, noNaN: true }),
      weight: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        expect(weightedMedian([...items].reverse())).toBe(weightedMedian(items));
      }),
      many,
    );
  });
});
