import { toEarnedDays, toEarnedWeeks } from './toEarnings.js';

const point = (date: string, value: string | null, samples: string, inProgress = false) => ({
  ...{ from: `${date}T00:00:00.000Z`, value, samples, inProgress },
});

describe('earnings', () => {
  const amounts = [
    point('2026-01-04', '100', '2'),
    point('2026-01-05', '7', '1'),
    point('2026-01-06', null, '0'),
    point('2026-01-07', '3', '1', true),
  ];
  const usd = [
    point('2026-01-04', '1.05', '2'),
    point('2026-01-05', '0.5', '1'),
    point('2026-01-07', '0.25', '1', true),
  ];
  const paid = (at: string, transaction: string) => ({ at, transaction });

  it('are days with a payout and their transactions, the newest first', () => {
    const days = toEarnedDays(amounts, usd, [
      paid('2026-01-07T09:00:00Z', '0xc'),
      ...['0xb', '0xb', '0xa', '0x9', '0x8'].map((hash) => paid('2026-01-04T23:59:59Z', hash)),
    ]);
    expect(days.map(({ from, amount, usd: worth, payouts }) => [from, amount, worth, payouts])).toEqual([
      ['2026-01-07', '3', '0.25', 1],
      ['2026-01-05', '7', '0.5', 1],
      ['2026-01-04', '100', '1.05', 2],
    ]);
    expect(days.map(({ transactions }) => transactions)).toEqual([['0xc'], [], ['0xb', '0xa', '0x9']]);
  });

  it('add up by week, which begins with Monday', () => {
    expect(toEarnedWeeks(toEarnedDays(amounts, usd, []))).toEqual([
      { from: '2026-01-05', amount: '10', usd: '0.75', payouts: 2, inProgress: true, transactions: [] },
      { from: '2025-12-29', amount: '100', usd: '1.05', payouts: 2, inProgress: false, transactions: [] },
    ]);
  });

  it('have no worth where that of a part is not known', () => {
    const days = toEarnedDays(amounts, [point('2026-01-04', '1.05', '1'), point('2026-01-05', '0.5', '1')], []);
    expect(days.map(({ usd: worth }) => worth)).toEqual([null, '0.5', null]);
    expect(toEarnedWeeks(days).map(({ usd: worth }) => worth)).toEqual([null, null]);
  });
});
