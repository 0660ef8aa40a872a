import { SLOTS_PER_DAY, SLOTS_PER_HOUR } from './slots.js';

/** One observer and one network, over one hour. */
export interface ObservedHour {
  /** In how many of each slot's 60 seconds the observer could take beats and commit them. */
  readonly aliveSeconds: readonly number[];
  /** How many nodes of the network it heard in each slot. */
  readonly receipts: readonly number[];
  /** The same of the 24 hours before, 1,440 numbers; zero where there was none. */
  readonly receiptsBefore: readonly number[];
}

/** Seconds. */
export const MIN_ALIVE = 50;
/** Of fewer nodes the silence of some says nothing about the observer. */
export const MIN_USUAL = 10;

/**
 * The slots, as bits, in which what the observer did not hear is the node's fault and not its own: it was alive, and, where
 * ten nodes or more are usual, it heard at least half as many. Usual is the largest median of any sixty slots in a row within
 * the 1,440 before: so a silence does not become usual by lasting, for as long as anything else is in sight.
 */
export function findHealthySlots({ aliveSeconds, receipts, receiptsBefore }: ObservedHour): bigint {
  const line = [...Array.from({ length: SLOTS_PER_DAY }, (_, slot) => receiptsBefore[slot] ?? 0), ...receipts];
  // No median is larger than the largest of them all: as a rule that is enough to know.
  const most = Math.max(...line);
  const isSure = most < MIN_USUAL || receipts.every((heard) => 2 * heard >= most);
  const medians = isSure ? [] : listMedians(line);
  let healthy = 0n;
  const descending: number[] = [];
  for (let end = SLOTS_PER_HOUR; end < SLOTS_PER_DAY + SLOTS_PER_HOUR; end += 1) {
    // Of medians only those matter that no later one reaches; the first of them is the largest.
    while (descending.length > 0 && (medians[descending.at(-1) ?? 0] ?? 0) <= (medians[end] ?? 0)) descending.pop();
    descending.push(end);
    const slot = end - SLOTS_PER_DAY;
    if (slot < 0) continue;
    // The sixty slots that began before the day's first one are out of sight.
    while ((descending[0] ?? end) - SLOTS_PER_HOUR < slot) descending.shift();
    const twice = medians[descending[0] ?? end] ?? 0;
    const isUsual = twice < 2 * MIN_USUAL || 4 * (receipts[slot] ?? 0) >= twice;
    if ((aliveSeconds[slot] ?? 0) >= MIN_ALIVE && isUsual) healthy |= 1n << BigInt(slot);
  }
  return healthy;
}

/** At each place the median of the sixty numbers before it, doubled: that keeps it whole. */
function listMedians(line: readonly number[]): readonly number[] {
  const sorted = line.slice(0, SLOTS_PER_HOUR).sort((a, b) => a - b);
  const medians = Array<number>(SLOTS_PER_HOUR).fill(0);
  for (let end = SLOTS_PER_HOUR; end < line.length; end += 1) {
    medians.push((sorted[SLOTS_PER_HOUR / 2 - 1] ?? 0) + (sorted[SLOTS_PER_HOUR / 2] ?? 0));
    const [old = 0, value = 0] = [line[end - SLOTS_PER_HOUR], line[end]];
    if (old === value) continue;
    sorted.splice(sorted.indexOf(old), 1);
    const at = sorted.findIndex((other) => other > value);
    sorted.splice(at < 0 ? sorted.length : at, 0, value);
  }
  return medians;
}
