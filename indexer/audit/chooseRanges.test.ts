import { createSeededRandom } from '../lib/createSeededRandom.js';
import { chooseRanges } from './chooseRanges.js';

const choose = (options: Partial<Parameters<typeof chooseRanges>[0]> = {}) =>
  chooseRanges({
    from: 1_000,
    to: 999_999,
    verified: [],
    count: 60,
    blocks: 100,
    random: createSeededRandom(7),
    ...options,
  });

describe('chooseRanges', () => {
  it('stays within the heights, ascends and never overlaps', () => {
    const ranges = choose();
    expect(ranges.length).toBeGreaterThan(50);
    let last = 999;
    for (const { from, to } of ranges) {
      expect(from).toBeGreaterThan(last);
      expect(to - from).toBeLessThan(100);
      last = to;
    }
    expect(last).toBeLessThanOrEqual(999_999);
  });

  it('looks at two in three where nothing was proven', () => {
    const verified = [
      { from: 1_000, to: 899_999, level: 'exact' },
      { from: 900_000, to: 919_999, level: 'none' },
      { from: 920_000, to: 999_999, level: 'superset' },
    ] as const;
    const unproven = choose({ verified }).filter(({ from }) => from >= 900_000 && from < 920_000);
    expect(unproven.length).toBeGreaterThanOrEqual(35);
    expect(unproven.length).toBeLessThanOrEqual(42);
  });

  it('looks at all of a short chain', () => {
    const ranges = choose({ to: 1_250 });
    expect(ranges).toEqual([
      { from: 1_000, to: 1_099 },
      { from: 1_100, to: 1_199 },
      { from: 1_200, to: 1_250 },
    ]);
    expect(choose({ to: 999 })).toEqual([]);
  });

  it('chooses the same for the same seed, and others for another', () => {
    expect(choose()).toEqual(choose());
    expect(choose({ random: createSeededRandom(8) })).not.toEqual(choose());
  });
});
