import fc from 'fast-check';
import { addDecimals, divideDecimals } from './decimals.js';
import { type AddedPoint, type AddedSeries, toTotal } from './toTotals.js';

const metric: AddedSeries['metric'] = {
  ...{ id: 'jobs.success', title: 'Tasks that succeed', unit: 'ratio', token: null, value: 'ratio', better: 'higher' },
  definition: 'How many.',
};
const day = (
  number: number,
  numerator: string | null,
  denominator: string | null,
  more: Partial<AddedPoint> = {},
): AddedPoint => ({
  ...{ from: `2026-03-0${number}T00:00:00.000Z`, numerator, denominator, samples: '4', value: numerator },
  ...{ low: null, high: null, coverage: null, reason: null, inProgress: false, ...more },
});
const series = (points: readonly AddedPoint[], more: Partial<AddedSeries['metric']> = {}): AddedSeries => ({
  ...{ subject: 'net', reason: null, metric: { ...metric, ...more }, points },
});

describe('a figure of several networks together', () => {
  it('is the ratio of the sums, not the mean of the ratios', () => {
    const total = toTotal([series([day(1, '9', '10')]), series([day(1, '0', '90')])], 'all');
    expect(total?.series.points).toMatchObject([{ value: '0.09', samples: '8' }]);
    expect(total?.of).toBe(2);
  });

  it('adds sums to the last digit, and takes a bucket that one has not as nothing of it', () => {
    const sums = { value: 'sum', unit: 'usd' } as const;
    const total = toTotal(
      [
        series([day(1, '0.1', null), day(2, '0.2', null)], sums),
        series([day(2, '99999999999999999.000000000000000001', null)], sums),
      ],
      'all',
    );
    expect(total?.series.points.map(({ value }) => value)).toEqual(['0.1', '99999999999999999.200000000000000001']);
  });

  it('ends where the first of them ends: what is not rolled yet would look like a fall', () => {
    const total = toTotal([series([day(1, '1', '1'), day(2, '1', '1')]), series([day(1, '1', '1')])], 'all');
    expect(total?.series.points.map(({ from }) => from.slice(0, 10))).toEqual(['2026-03-01']);
  });

  it('leaves out who has none, weighs what is known of each, and is in progress while one is', () => {
    const total = toTotal(
      [
        series([day(1, '1', '2', { coverage: '1', samples: '30', inProgress: true })]),
        series([day(1, '1', '2', { coverage: '0', samples: '10' })]),
        series([]),
      ],
      'all',
    );
    expect(total).toMatchObject({ of: 2, series: { points: [{ value: '0.5', coverage: '0.75', inProgress: true }] } });
  });

  it('is none of prices, nor of amounts of two tokens, and says why there is nothing', () => {
    const two = (more: Partial<AddedSeries['metric']>) => [series([day(1, '1', null)], more), series([], more)];
    expect(toTotal(two({ value: 'computed', unit: 'usdPerGpuHour' }), 'all')).toBeNull();
    expect(toTotal(two({ value: 'sum', unit: 'baseUnits' }), 'all')).toBeNull();
    expect(toTotal([{ ...series([]), reason: 'Not recorded.' }], 'all')?.series.reason).toBe('Not recorded.');
    expect(toTotal([], 'all')).toBeNull();
  });
});

describe('decimals', () => {
  it('add and divide as whole numbers do', () => {
    expect(addDecimals(['-1.5', '0.25', '1'])).toBe('-0.25');
    expect(addDecimals([])).toBe('0');
    expect([divideDecimals('1', '3'), divideDecimals('-0.5', '2'), divideDecimals('1', '0.0')]).toEqual([
      ...['0.333333333333', '-0.25', null],
    ]);
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (one, other) => {
        expect(addDecimals([String(one), String(other)])).toBe(String(one + other));
      }),
    );
  });
});
