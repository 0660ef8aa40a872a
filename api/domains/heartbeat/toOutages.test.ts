import { describe, expect, it } from '@jest/globals';
import { intersectRuns, toOutages } from './toOutages.js';

const run = (fromSlot: number, toSlot: number) => ({ fromSlot, toSlot });

describe('outages of the collector', () => {
  it('are the slots in which every observer was away', () => {
    expect(
      intersectRuns([
        [run(1, 5), run(8, 9), run(20, 30)],
        [run(4, 8), run(10, 22), run(25, 40)],
      ]),
    ).toEqual([...[run(4, 5), run(8, 8), run(20, 22), run(25, 30)]]);
    expect(intersectRuns([[run(1, 5)], []])).toEqual([]);
  });

  it('are those of the only observer where there is one, and none where there is none', () => {
    expect(intersectRuns([[run(1, 5), run(7, 7)]])).toEqual([run(1, 5), run(7, 7)]);
    expect(intersectRuns([])).toEqual([]);
  });

  it('reach from the begin of a minute to the end of one, and the last has no end while it goes on', () => {
    expect(toOutages([run(10, 10), run(28, 30)], { lastSlot: 30, isBack: false })).toEqual([
      { from: new Date(600_000), to: new Date(660_000), minutes: 1 },
      { from: new Date(1_680_000), to: null, minutes: 3 },
    ]);
    const over = new Date(1_860_000);
    expect(toOutages([run(28, 30)], { lastSlot: 31, isBack: false })[0]?.to).toEqual(over);
    // As in the first minute after a start, of which the beginning is missing.
    expect(toOutages([run(28, 30)], { lastSlot: 30, isBack: true })[0]?.to).toEqual(over);
  });
});
