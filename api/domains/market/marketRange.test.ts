import { describe, expect, it } from '@jest/globals';
import { toMarketRange } from './marketRange.js';

const now = new Date('2026-03-10T14:25:00Z');
const range = (interval: 'hour' | 'day' | 'week' | 'month') => {
  const { from, to } = toMarketRange({ from: null, to: null, interval }, now);
  return [from.toISOString(), to.toISOString()];
};

describe('the time of a market where nobody names it', () => {
  it.each([
    ['48 hours', 'hour', '2026-03-08T15:00:00.000Z', '2026-03-10T15:00:00.000Z'],
    ['30 days', 'day', '2026-02-09T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
    ['26 weeks', 'week', '2025-09-15T00:00:00.000Z', '2026-03-16T00:00:00.000Z'],
    ['24 months of the calendar', 'month', '2024-04-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
  ] as const)('is %s', (_, interval, from, to) => {
    expect(range(interval)).toEqual([from, to]);
  });

  it('begins with 1970 at the earliest', () => {
    const to = new Date('1970-02-01T00:00:00Z');
    expect(toMarketRange({ from: null, to, interval: 'month' }, now).from).toEqual(new Date(0));
  });
});
