import { assert } from '../../../lib/assert.js';

/**
 * Postgres' `percentile_cont`: linear between the two values around position q(n-1) of the ascending ones (`JOB-04`).
 * Null of nothing.
 */
export function percentileCont(values: readonly number[], q: number): number | null {
  assert(q >= 0 && q <= 1, `a share between 0 and 1, got ${q}`);
  return values.length === 0 ? null : percentileOfSorted(Float64Array.from(values).sort(), q);
}

/** The same of ascending values, of which there is one at least. */
export function percentileOfSorted(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below === above ? below : below + (above - below) * (position - Math.floor(position));
}
