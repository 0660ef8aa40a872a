import type { ChainProgress } from './ChainProgress.js';
import { keepSamples, measurePace, type Sample } from './measurePace.js';
import { toDuration, toProgressLine } from './toProgressLine.js';

const progress = (changes: Partial<ChainProgress> = {}): ChainProgress => ({
  chainId: 7,
  name: 'Seven',
  phase: 'backfill',
  startHeight: 1_001,
  height: 2_000,
  headHeight: 3_000,
  events: 500,
  requests: 42,
  ...changes,
});

describe('toProgressLine', () => {
  it('shows bar, percent, height and head, events a second, requests and time left', () => {
    const line = toProgressLine({ ...progress(), pace: { eventsPerSecond: 1_234.4, secondsLeft: 61 } }, 120);
    expect(line).toBe('Seven  [##########..........]  50.0 %  2,000/3,000  1,234 events/s  42 requests  61 s left');
  });

  it('never passes the width, and drops what matters least first', () => {
    const state = { ...progress(), pace: { eventsPerSecond: 1_234, secondsLeft: 61 } };
    for (let width = 0; width <= 100; width += 1)
      expect(toProgressLine(state, width).length).toBeLessThanOrEqual(width);
    expect(toProgressLine(state, 70)).toBe('Seven  50.0 %  2,000/3,000  1,234 events/s  61 s left');
    expect(toProgressLine(state, 40)).toBe('Seven  50.0 %  2,000/3,000  61 s left');
    expect(toProgressLine(state, 14)).toBe('Seven  50.0 %');
  });

  it('says 100 % at the end only, and counts from the first block that can hold anything', () => {
    expect(toProgressLine(progress({ startHeight: 0, height: 99_998, headHeight: 99_999 }), 80)).toContain('99.9 %');
    expect(toProgressLine(progress({ height: 1_001, headHeight: 1_000_000 }), 80)).toContain('  0.0 %');
  });

  it('shows a chain at its head as standing there, and a halted one as halted', () => {
    expect(toProgressLine(progress({ phase: 'live', height: 3_000 }), 80)).toBe(
      'Seven  live  block 3,000  500 new events  42 requests',
    );
    expect(toProgressLine(progress({ phase: 'halted' }), 20)).toBe('Seven  halted');
  });

  it('has a line before anything is known', () => {
    const early = progress({ phase: undefined, height: undefined, headHeight: undefined });
    expect(toProgressLine(early, 80)).toBe('Seven  starting');
    expect(toProgressLine(progress({ phase: 'waiting', height: undefined }), 80)).toBe('Seven  waiting  head 3,000');
  });
});

describe('pace', () => {
  function run(heights: readonly number[], everyMs = 1_000): readonly Sample[] {
    return heights.reduce<readonly Sample[]>(
      (samples, height, index) => keepSamples(samples, progress({ height, events: height * 2 }), index * everyMs),
      [],
    );
  }

  it('is that of the last seconds, not of the whole run', () => {
    const slowThenFast = [...Array(30).keys()].map((second) => (second < 10 ? second : 10 + (second - 10) * 50));
    const height = slowThenFast.at(-1) ?? 0;
    const pace = measurePace(run(slowThenFast), progress({ height, headHeight: height + 500 }));
    expect(pace).toEqual({ eventsPerSecond: 100, secondsLeft: 10 });
  });

  it('is unknown before two samples, and has no end while nothing moves', () => {
    expect(measurePace(run([5]), progress({ height: 5 }))).toBeUndefined();
    expect(measurePace(run([5, 5, 5]), progress({ height: 5 }))).toEqual({
      eventsPerSecond: 0,
      secondsLeft: undefined,
    });
  });

  it('begins anew where blocks were taken back', () => {
    expect(run([100, 110, 90, 95]).map(({ height }) => height)).toEqual([90, 95]);
  });

  it('keeps one sample beyond the window when reports are rare', () => {
    expect(run([10, 20, 30], 60_000).map(({ height }) => height)).toEqual([20, 30]);
  });
});

describe('toDuration', () => {
  it.each([
    [0.2, '1 s'],
    [119, '119 s'],
    [120, '2 min'],
    [7_199, '2 h 0 min'],
    [7_500, '2 h 5 min'],
    [360_000, '4 d 4 h'],
  ])('of %s s is %s', (seconds, text) => expect(toDuration(seconds)).toBe(text));
});
