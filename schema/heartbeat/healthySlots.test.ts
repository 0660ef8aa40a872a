import fc from 'fast-check';
import { findHealthySlots } from './healthySlots.js';
import { FULL_HOUR } from './slots.js';

const all = (value: number) => Array<number>(60).fill(value);
const withSlots = (value: number, slots: readonly number[], other: number) =>
  all(value).map((usual, slot) => (slots.includes(slot) ? other : usual));

describe('an observer', () => {
  it('is healthy in slots of which it was alive for 50 seconds or more', () => {
    const aliveSeconds = withSlots(60, [3], 49).map((value, slot) => (slot === 4 ? 50 : value));
    expect(findHealthySlots({ aliveSeconds, receipts: all(5), receiptsBefore: all(5) })).toBe(FULL_HOUR & ~(1n << 3n));
  });

  it('is not healthy where it hears less than half of what is usual', () => {
    const receipts = withSlots(100, [10], 49).map((value, slot) => (slot === 11 ? 50 : value));
    const healthy = findHealthySlots({ aliveSeconds: all(60), receipts, receiptsBefore: all(100) });
    expect(healthy).toBe(FULL_HOUR & ~(1n << 10n));
  });

  it('is not doubted where fewer than ten nodes are usual: the silence may be theirs', () => {
    const quiet = { aliveSeconds: all(60), receipts: withSlots(9, [10, 11], 0) };
    expect(findHealthySlots({ ...quiet, receiptsBefore: all(9) })).toBe(FULL_HOUR);
    expect(findHealthySlots({ ...quiet, receipts: all(0), receiptsBefore: all(10) }) & 1n).toBe(0n);
  });

  it('takes for usual the median of the sixty slots before, as a plain sort has it', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(counts, counts, counts, (aliveSeconds, receipts, receiptsBefore) => {
        let expected = 0n;
        const line = [...receiptsBefore, ...receipts];
        for (let slot = 0; slot < 60; slot += 1) {
          const sorted = line.slice(slot, slot + 60).sort((one, other) => one - other);
          const median = ((sorted[29] ?? 0) + (sorted[30] ?? 0)) / 2;
          const isUsual = median < 10 || (receipts[slot] ?? 0) >= median / 2;
          if ((aliveSeconds[slot] ?? 0) + 20 >= 50 && isUsual) expected |= 1n << BigInt(slot);
        }
        const alive = aliveSeconds.map((seconds) => seconds + 20);
        expect(findHealthySlots({ aliveSeconds: alive, receipts, receiptsBefore })).toBe(expected);
      }),
    );
  });
});
