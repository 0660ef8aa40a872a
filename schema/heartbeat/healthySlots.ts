import { SLOTS_PER_HOUR } from './slots.js';

/** One observer and one network, over one hour. All lists have a number for each slot. */
export interface ObservedHour {
  /** In how many of the slot's 60 seconds the observer could take beats and commit them. */
  readonly aliveSeconds: readonly number[];
  /** How many nodes of the network it heard. */
  readonly receipts: readonly number[];
  /** The same of the hour before; all zero where there was none. */
  readonly receiptsBefore: readonly number[];
}

/** Seconds. */
export const MIN_ALIVE = 50;
/** Of fewer nodes the silence of some says nothing about the observer. */
export const MIN_USUAL = 10;

/**
 * The slots, as bits, in which what the observer did not hear is the node's fault and not its own: it was alive, and, where
 * ten nodes or more are usual, it heard at least half as many as the median of the sixty slots before.
 */
export function findHealthySlots({ aliveSeconds, receipts, receiptsBefore }: ObservedHour): bigint {
  const usual = createMedian(receiptsBefore);
  let healthy = 0n;
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot += 1) {
    const heard = receipts[slot] ?? 0;
    const twice = usual.twice();
    const isUsual = twice < 2 * MIN_USUAL || 4 * heard >= twice;
    if ((aliveSeconds[slot] ?? 0) >= MIN_ALIVE && isUsual) healthy |= 1n << BigInt(slot);
    usual.replace(receiptsBefore[slot] ?? 0, heard);
  }
  return healthy;
}

/** The median of sixty numbers that change one by one, doubled: that keeps it whole. */
function createMedian(values: readonly number[]) {
  const sorted = Array.from({ length: SLOTS_PER_HOUR }, (_, slot) => values[slot] ?? 0).sort((a, b) => a - b);
  return {
    twice: () => (sorted[SLOTS_PER_HOUR / 2 - 1] ?? 0) + (sorted[SLOTS_PER_HOUR / 2] ?? 0),
    replace(old: number, value: number) {
      if (old === value) return;
      sorted.splice(sorted.indexOf(old), 1);
      const at = sorted.findIndex((other) => other > value);
      sorted.splice(at < 0 ? sorted.length : at, 0, value);
    },
  };
}
