import { toDayBars } from './toDayBars.js';

const day = (date: string, up: number, known: number, expected = 1_440) => ({
  date,
  ...{ up: String(up), known: String(known), expected: String(expected) },
});

describe('the strip of days', () => {
  it('shares out each day into up, down and unknown', () => {
    expect(toDayBars([day('a', 720, 1_080)], 1)).toEqual([{ date: 'a', place: 0, up: 0.5, down: 0.25, unknown: 0.25 }]);
    expect(toDayBars([day('a', 1_440, 1_440)], 1)).toEqual([{ date: 'a', place: 0, up: 1, down: 0, unknown: 0 }]);
  });

  it('shows one minute that is missing, and never more than the day', () => {
    const [one] = toDayBars([day('a', 1_439, 1_440)], 1);
    expect(one?.down).toBe(0.05);
    const [odd] = toDayBars([day('a', 0, 1_439)], 1);
    expect([odd?.up, (odd?.down ?? 0) + (odd?.unknown ?? 0)]).toEqual([0, 1]);
  });

  it('has no bar for a day in which nothing was due, nor before the first', () => {
    const toPlaces = (bars: ReturnType<typeof toDayBars>) => bars.map(({ date, place }) => [date, place]);
    expect(toPlaces(toDayBars([day('a', 0, 0, 0), day('b', 5, 5, 5)], 4))).toEqual([['b', 3]]);
    expect(toPlaces(toDayBars([day('a', 1, 1), day('b', 1, 1)], 1))).toEqual([['b', 0]]);
  });

  it('says of a day that nothing of it is known', () => {
    expect(toDayBars([day('a', 0, 0)], 1)).toEqual([{ date: 'a', place: 0, up: 0, down: 0, unknown: 1 }]);
  });
});
