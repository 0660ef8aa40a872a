import { describe, expect, it } from '@jest/globals';
import { toDaysKnown, toMean, toRatios } from './slotCounts.js';

const none = { up: 0, known: 0, expected: 0, maintenance: 0, maintenanceUp: 0 };

describe('the ratios of slots', () => {
  it('leave maintenance out of one of them alone, and what is unknown out of both (REL-01)', () => {
    const counts = { up: 13, known: 17, expected: 18, maintenance: 2, maintenanceUp: 1 };
    const { uptimeRaw, uptimeSla, coverage } = toRatios(counts);
    expect(uptimeRaw).toBeCloseTo(0.7647058823529411, 9);
    expect(uptimeSla).toBeCloseTo(0.8, 9);
    expect(coverage).toBeCloseTo(0.9444444444444444, 9);
  });

  it('are null where nothing is known, and zero only where it was known to be down', () => {
    expect(toRatios(none)).toEqual({ uptimeRaw: null, uptimeSla: null, coverage: null });
    expect(toRatios({ ...none, expected: 60 })).toEqual({ uptimeRaw: null, uptimeSla: null, coverage: 0 });
    expect(toRatios({ ...none, known: 60, expected: 60 })).toEqual({ uptimeRaw: 0, uptimeSla: 0, coverage: 1 });
  });

  it('have no uptime beside maintenance where all that is known was maintenance', () => {
    const all = { up: 3, known: 10, expected: 10, maintenance: 10, maintenanceUp: 3 };
    expect(toRatios(all)).toEqual({ uptimeRaw: 0.3, uptimeSla: null, coverage: 1 });
  });

  it('take sums beyond what fits a number of 32 bits, as text', () => {
    const large = { ...none, up: '4500000000', known: '5000000000', expected: '5000000000' };
    expect(toRatios(large).uptimeRaw).toBe(0.9);
  });
});

describe('a mean', () => {
  it('is whole, and null without samples', () => {
    expect(toMean('100', 3)).toBe(33);
    expect(toMean(0, 4)).toBe(0);
    expect(toMean(0, 0)).toBe(null);
  });
});

describe('days that are known', () => {
  it('are begun ones, never more than the window has', () => {
    expect([0, 1, 1_440, 1_441, '43200', 43_300].map((known) => toDaysKnown(known, 30))).toEqual([0, 1, 1, 2, 30, 30]);
  });
});
