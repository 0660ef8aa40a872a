import fc from 'fast-check';
import { divide } from './divide.js';
import { toConcentration } from './toConcentration.js';
import { toGrowth } from './toGrowth.js';
import { toMarketShares } from './toMarketShares.js';
import { toRetention, toRevenueRetention } from './toRetention.js';
import { toYields } from './toYields.js';

const many = { numRuns: Number(process.env.PROPERTY_CASES ?? 2_000) };
const largest = 2n ** 256n - 1n;
const amount = fc.oneof(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 0n, max: largest }));

describe('a quotient', () => {
  it.each([
    [1n, 10n, 0.1],
    [10n ** 90n, 10n ** 91n, 0.1],
    [-1n, 3n, -1 / 3],
    [0n, -5n, 0],
    [1n, 2n ** 1_070n, 2 ** -1_070],
    [1n, 0n, null],
    [10n ** 400n, 1n, null],
  ])('of %s and %s is %s', (numerator, denominator, expected) => {
    expect(divide(numerator, denominator)).toBe(expected);
  });

  it('is that of doubles, of numbers that doubles hold', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 2 ** 31 }), (numerator, denominator) => {
        const expected = numerator / denominator;
        expect(Math.abs((divide(BigInt(numerator), BigInt(denominator)) ?? 0) - expected)).toBeLessThanOrEqual(
          Math.abs(expected) * 2 ** -52,
        );
      }),
      many,
    );
  });
});

describe('concentration', () => {
  it('is the same of any multiple, in any order, and within its bounds (property 14)', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 12 }), fc.bigInt({ min: 1n, max: largest }), (values, factor) => {
        const found = toConcentration(values);
        expect(toConcentration([...values].reverse().map((value) => value * factor))).toEqual(found);
        const { holders, hhi10000, effectiveN, gini, nakamoto50, nakamoto33, top1Share } = found;
        if (holders === 0) {
          expect(new Set([hhi10000, effectiveN, gini, nakamoto50, nakamoto33, top1Share])).toEqual(new Set([null]));
          return;
        }
        const bounds: readonly (readonly [number | null, number, number])[] = [
          [hhi10000, 10_000 / holders, 10_000],
          [effectiveN, 1, holders],
          [gini, 0, 1 - 1 / holders],
          [nakamoto50, 1, Math.floor(holders / 2) + 1],
          [nakamoto33, 1, nakamoto50 ?? 0],
          [top1Share, 1 / holders, 1],
        ];
        const isWithin = (value: number | null, low: number, high: number) =>
          value !== null && value >= low * (1 - 1e-12) && value <= high * (1 + 1e-12);
        expect(bounds.filter(([value, low, high]) => !isWithin(value, low, high))).toEqual([]);
      }),
      many,
    );
  });

  it('of one holder is whole, and who has nothing or owes is none', () => {
    expect(toConcentration([0n, largest, -5n])).toEqual({
      ...{ holders: 1, hhi10000: 10_000, effectiveN: 1, gini: 0, giniUnbiased: null },
      ...{ nakamoto50: 1, nakamoto33: 1, top1Share: 1 },
    });
  });
});

describe('the market', () => {
  it('gives all that is paid to somebody, and no share of nothing (property 18)', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, (fees, payouts, emissions, wash) => {
        const gmv = fees + payouts;
        const shares = toMarketShares({ gmv, fees, payouts, emissions, washGmv: wash % (gmv + 1n) });
        expect(shares.adds).toBe(true);
        expect(toMarketShares({ gmv: gmv + 1n, fees, payouts, emissions, washGmv: 0n }).adds).toBe(false);
        if (gmv === 0n)
          expect([shares.takeRate, shares.providerShare, shares.subsidyRatio]).toEqual([null, null, null]);
        else expect((shares.takeRate ?? 0) + (shares.providerShare ?? 0)).toBeCloseTo(1, 12);
        expect(Object.values(shares).every((value) => typeof value !== 'number' || Number.isFinite(value))).toBe(true);
      }),
      many,
    );
  });
});

describe('yields', () => {
  it('are numbers or null of any stake, reward and time', () => {
    fc.assert(
      fc.property(amount, fc.nat(86_400 * 90), amount, amount, (stakeSeconds, seconds, rewards, slashed) => {
        const yields = toYields({ stakeSeconds, seconds, rewards, feeRewards: rewards / 2n, slashed });
        const isKnown = stakeSeconds > 0n && seconds > 0;
        expect(yields.apr !== null).toBe(isKnown);
        const isRate = (value: number | null) => value === null || (value >= 0 && Number.isFinite(value));
        expect(Object.values(yields).every(isRate)).toBe(true);
      }),
      many,
    );
  });
});

describe('growth', () => {
  it('is a number or null of any series', () => {
    const value = fc.oneof(fc.constant(0), fc.nat(1_000), fc.double({ min: 0, max: 1e78, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 14 }), (values) => {
        const { changes, compound, logSlope } = toGrowth(values);
        expect(changes).toHaveLength(Math.max(0, values.length - 1));
        const figures = [...changes, compound, logSlope];
        expect(figures.every((figure) => figure === null || Number.isFinite(figure))).toBe(true);
        expect(changes.every((change, index) => values[index] !== 0 || change === null)).toBe(true);
      }),
      many,
    );
  });

  it('is of no size after nothing, and of one sample', () => {
    expect(toGrowth([0, 5, 0])).toEqual({ changes: [null, -1], compound: null, logSlope: null });
    expect(toGrowth([7])).toEqual({ changes: [], compound: null, logSlope: null });
    expect(toGrowth([])).toEqual({ changes: [], compound: null, logSlope: null });
  });
});

describe('retention', () => {
  it('of an empty cohort, and of buyers who spent nothing, is not known', () => {
    expect(toRetention(new Set(), [new Set(['a'])])).toEqual([null]);
    const none = { nrr: null, grr: null, logoRetention: null, churn: null };
    expect(toRevenueRetention(new Map(), new Map([['a', 1n]]))).toEqual(none);
    expect(toRevenueRetention(new Map([['a', 0n]]), new Map([['a', 1n]]))).toEqual(none);
  });

  it('without what was added is at most the net one, and at most all', () => {
    const spend = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), amount);
    fc.assert(
      fc.property(spend, spend, (before, after) => {
        const { nrr, grr, logoRetention, churn } = toRevenueRetention(
          new Map(Object.entries(before)),
          new Map(Object.entries(after)),
        );
        if (nrr === null || grr === null) return;
        expect(grr).toBeLessThanOrEqual(Math.min(1, nrr));
        expect((logoRetention ?? 0) + (churn ?? 0)).toBeCloseTo(1, 12);
      }),
      many,
    );
  });
});
