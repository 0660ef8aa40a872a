import fc from 'fast-check';
import { findHealthySlots } from './healthySlots.js';
import { FULL_HOUR } from './slots.js';

const all = (value: number) => Array<number>(60).fill(value);
const day = (value: number) => Array<number>(1_440).fill(value);
const withSlots = (value: number, slots: readonly number[], other: number) =>
  all(value).map((usual, slot) => (slots.includes(slot) ? other : usual));

describe('an observer', () => {
  it('is healthy in slots of which it was alive for 50 seconds or more', () => {
    const aliveSeconds = withSlots(60, [3], 49).map((value, slot) => (slot === 4 ? 50 : value));
    expect(findHealthySlots({ aliveSeconds, receipts: all(5), receiptsBefore: day(5) })).toBe(FULL_HOUR & ~(1n << 3n));
  });

  it('is not healthy where it hears less than half of what is usual', () => {
    const receipts = withSlots(100, [10], 49).map((value, slot) => (slot === 11 ? 50 : value));
    const healthy = findHealthySlots({ aliveSeconds: all(60), receipts, receiptsBefore: day(100) });
    expect(healthy).toBe(FULL_HOUR & ~(1n << 10n));
  });

  it('is not doubted where fewer than ten nodes are usual: the silence may be theirs', () => {
    const quiet = { aliveSeconds: all(60), receipts: withSlots(9, [10, 11], 0) };
    expect(findHealthySlots({ ...quiet, receiptsBefore: day(9) })).toBe(FULL_HOUR);
    expect(findHealthySlots({ ...quiet, receipts: all(0), receiptsBefore: day(10) }) & 1n).toBe(0n);
  });

  it('is not healthy in a silence that lasts for hours, until nothing but silence is in sight', () => {
    const silent = { aliveSeconds: all(60), receipts: all(0) };
    const lasting = (hours: number) => [...day(12).slice(0, 1_440 - 60 * hours), ...Array<number>(60 * hours).fill(0)];
    for (const hours of [0, 1, 5, 22]) {
      expect(findHealthySlots({ ...silent, receiptsBefore: lasting(hours) })).toBe(0n);
    }
    // From its 30th minute on, of no sixty slots in sight more than half had anything.
    expect(findHealthySlots({ ...silent, receiptsBefore: lasting(23) })).toBe(FULL_HOUR & ~((1n << 30n) - 1n));
    expect(findHealthySlots({ ...silent, receiptsBefore: lasting(24) })).toBe(FULL_HOUR);
  });

  it('takes for usual the largest median of sixty slots in a row of the day before, as a plain sort has it', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 60, maxLength: 60 });
    const levels = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(counts, counts, levels, counts, fc.boolean(), (aliveSeconds, heard, hours, noise, isLoud) => {
        const receipts = isLoud ? heard.map((nodes) => nodes + 20) : heard;
        const receiptsBefore = hours.flatMap((level) => noise.map((more) => Math.floor((level * (20 + more)) / 40)));
        let expected = 0n;
        const line = [...receiptsBefore, ...receipts];
        const medians = line.map((_, from) => {
          const sorted = line.slice(from, from + 60).sort((one, other) => one - other);
          return ((sorted[29] ?? 0) + (sorted[30] ?? 0)) / 2;
        });
        for (let slot = 0; slot < 60; slot += 1) {
          const usual = Math.max(...medians.slice(slot, slot + 1_440 - 60 + 1));
          const isUsual = usual < 10 || (receipts[slot] ?? 0) >= usual / 2;
          if ((aliveSeconds[slot] ?? 0) + 20 >= 50 && isUsual) expected |= 1n << BigInt(slot);
        }
        const alive = aliveSeconds.map((seconds) => seconds + 20);
        expect(findHealthySlots({ aliveSeconds: alive, receipts, receiptsBefore })).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });
});
