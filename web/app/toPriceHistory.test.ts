import { type PastPrice, toPriceHistory } from './toPriceHistory.js';

const token = { symbol: 'CMP', decimals: 2 };
const priced = (at: string, amount: string, more: Partial<PastPrice['price']> = {}, basis = 'settled'): PastPrice => ({
  ...{ basis, resource: null, at },
  price: { amount, decimals: null, unit: 'hour', token, usdPerGpuHour: null, ...more },
});

describe('the history of prices', () => {
  it('has for each day and basis the lower median and the ends, the oldest day first', () => {
    const [history, ...others] = toPriceHistory([
      priced('2026-01-02T09:00:00Z', '400'),
      priced('2026-01-01T09:00:00Z', '300'),
      priced('2026-01-01T08:00:00Z', '100'),
      priced('2026-01-01T07:00:00Z', '200'),
      priced('2026-01-01T07:00:00Z', '205'),
      priced('2026-01-01T07:00:00Z', '9', {}, 'advertised'),
    ]);
    expect(others).toEqual([]);
    expect(history).toEqual({
      ...{ unit: 'CMP / hour', count: 6 },
      days: [
        { date: '2026-01-01', basis: 'advertised', median: '0.09', low: '0.09', high: '0.09', count: 1 },
        { date: '2026-01-01', basis: 'settled', median: '2', low: '1', high: '3', count: 4 },
        { date: '2026-01-02', basis: 'settled', median: '4', low: '4', high: '4', count: 1 },
      ],
    });
  });

  it('never mixes units: dollars by GPU-hour where they are known, a second by the hour, else the token by its unit', () => {
    const usdPerGpuHour = { value: '4.03' };
    const histories = toPriceHistory([
      priced('2026-01-01T00:00:00Z', '1', { usdPerGpuHour }),
      priced('2026-01-01T00:00:00Z', '1', { usdPerGpuHour }),
      priced('2026-01-01T00:00:00Z', '1', { unit: 'second', decimals: 4 }),
      priced('2026-01-01T00:00:00Z', '1', { unit: 'task', decimals: 20 }),
    ]);
    expect(histories.map(({ unit, days }) => [unit, days[0]?.median])).toEqual([
      ['USD / GPU-hour', '4.03'],
      ['CMP / hour', '0.36'],
      ['CMP / task', '0'],
    ]);
  });

  it('is none of nothing', () => {
    expect(toPriceHistory([])).toEqual([]);
  });
});
