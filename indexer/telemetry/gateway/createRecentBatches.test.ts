import { createRecentBatches } from './createRecentBatches.js';

const batch = (counter: number, lastSlot = 100) => ({
  ...{ counter, lastSlot, fingerprint: counter * 7, handed: 1_000, refused: 999 },
});

describe('createRecentBatches', () => {
  it('knows a batch again with its counts, and no other one with its counter', () => {
    const recent = createRecentBatches();
    expect(recent.find(1, 7)).toBeUndefined();
    recent.add(batch(1, 999_999_999));
    expect(recent.find(1, 7)).toEqual({ handed: 1_000, refused: 999 });
    expect(recent.find(1, 8)).toBeUndefined();
    expect(recent.find(5, 7)).toBeUndefined();
  });

  it('holds a whole window of one minute', () => {
    const recent = createRecentBatches();
    for (let counter = 1; counter <= 1_024; counter += 1) recent.add(batch(counter));
    const known = Array.from({ length: 1_024 }, (_, index) => recent.find(index + 1, (index + 1) * 7));
    expect(known.every(Boolean)).toBe(true);
    recent.add(batch(1_025));
    expect([1_025, 1, 2].map((counter) => recent.find(counter, counter * 7) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('lets go of minutes that are over', () => {
    const recent = createRecentBatches();
    recent.add(batch(1, 100));
    recent.add(batch(5, 105));
    expect(recent.find(1, 7)).toBeUndefined();
    expect(recent.find(5, 35)).toBeDefined();
  });
});
