import { assert } from '../../../lib/assert.js';

export interface Weighted<V extends number | bigint = number, W extends number | bigint = number> {
  readonly value: V;
  readonly weight: W;
}

/**
 * The smallest value at which the weights up to it make at least half of all (`PRC-01`): always one of the values, so prices as
 * bigint stay exact. Weights of zero count for nothing; null where no weight is left. Values are taken in ascending order and
 * of equal ones the lighter first, so that the order of the input changes nothing, of sums of doubles either.
 */
export function weightedMedian<V extends number | bigint, W extends number | bigint>(
  items: readonly Weighted<V, W>[],
): V | null {
  // To write a number out takes longer than all else here, so it is done where it is wrong alone.
  for (const { weight } of items) if (!(weight >= 0)) assert(false, `weights of zero or more, got ${weight}`);
  const sorted = items
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => order(a.value, b.value) || order(a.weight, b.weight));
  const total = sorted.reduce<W | null>((sum, { weight }) => (sum === null ? weight : add(sum, weight)), null);
  if (total === null) return null;
  let sum: W | null = null;
  for (const { value, weight } of sorted) {
    sum = sum === null ? weight : add(sum, weight);
    if (add(sum, sum) >= total) return value;
  }
  return null;
}

function order<T extends number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Both are of one type, which TypeScript cannot say of a type parameter. */
function add<W extends number | bigint>(a: W, b: W): W {
  return ((a as number) + (b as number)) as W;
}
