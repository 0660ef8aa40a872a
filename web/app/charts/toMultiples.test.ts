import { type NamedSeries, toMultiples } from './toMultiples.js';

const series = (name: string, values: readonly (string | null)[]): NamedSeries => ({
  ...{ subject: `net:${name}`, name, reason: null, tokens: { work: null, stake: null } },
  metric: {
    ...{ id: 'price.settledIndex', title: 'Settled price', unit: 'usdPerGpuHour', token: null, value: 'computed' },
    ...{ better: 'lower', definition: 'What it cost.' },
  },
  points: values.map((value, at) => ({
    ...{ from: `2026-03-0${at + 1}T00:00:00.000Z`, value, low: null, high: null, samples: '4' },
    ...{ coverage: null, reason: null, inProgress: false },
  })),
});

describe('small lines of one figure', () => {
  it('lie on one scale, from nothing to the most of them', () => {
    const found = toMultiples([series('H100', ['2', '4']), series('L4', ['1', '1'])], 'day');
    expect(found?.upTo).toBe('4 USD / GPU-hour');
    expect(found?.items.map(({ spark }) => spark?.lines)).toEqual([['0.0,50.0 100.0,0.0'], ['0.0,75.0 100.0,75.0']]);
    expect(found?.items.map(({ last }) => last?.text)).toEqual(['4', '1']);
    expect(found?.items[1]?.spark).toMatchObject({ least: '1 USD / GPU-hour', most: '1 USD / GPU-hour' });
  });

  it('say of what is older than the newest of all', () => {
    const items = toMultiples([series('H100', ['2', '4']), series('L4', ['1', null])], 'day')?.items;
    expect(items?.map(({ last }) => last?.isNewest)).toEqual([true, false]);
  });

  it('say of whom nothing is known, and are none where nothing is of anybody', () => {
    expect(toMultiples([series('H100', ['2', '4']), series('L4', [])], 'day')?.items[1]).toMatchObject({
      ...{ last: null, spark: null },
    });
    expect(toMultiples([series('L4', [null])], 'day')).toBeNull();
    expect(toMultiples([], 'day')).toBeNull();
  });
});
