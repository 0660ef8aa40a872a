import { describe, expect, it } from '@jest/globals';
import { toSpan, type WindowName } from './windows.js';

const windows = { h24: 24, d7: 168, d30: 720, d90: 2_160 } as const;

describe('a window', () => {
  it.each(Object.entries(windows) as [WindowName, number][])(
    'of %s reads each of its %i hours once',
    (name, length) => {
      // Every hour of a day: its first, its last, and those between.
      for (let hour = 0; hour < 24; hour += 1) {
        const span = toSpan(name, new Date(Date.UTC(2026, 2, 10, hour, 25, 30)));
        const days = Array.from({ length: span.toDay - span.fromDay }, (_, index) => span.fromDay + index);
        const read = [...span.hours, ...days.flatMap((day) => Array.from({ length: 24 }, (_, at) => day * 24 + at))];
        expect(read.toSorted((one, other) => one - other)).toEqual(
          Array.from({ length }, (_, index) => span.fromHour + index),
        );
        expect([span.toHour - span.fromHour, span.days]).toEqual([length, length / 24]);
        expect(span.hours.length).toBeLessThan(48);
      }
    },
  );

  it('ends where the hour begins that is not over', () => {
    const { toHour } = toSpan('d30', new Date('2026-03-10T14:59:59.999Z'));
    expect(new Date(toHour * 3_600_000).toISOString()).toBe('2026-03-10T14:00:00.000Z');
  });
});
