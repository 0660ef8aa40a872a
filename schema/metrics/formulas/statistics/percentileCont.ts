import { assert } from '../../../lib/assert.js';

/**
 * Postgres' `percentile_cont`: linear between the two values around position q(n-1) of the ascending ones (`JOB-04`).
 * Null of nothing.
 */
export function percentileCont(values: readonly number[], q: number): number | null {
  assert(q >= 0 && q <= 1, `a share between 0 and 1, got ${q}`);
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const position = q * (sorted.length - 1);
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below === above ? below : below + (above - below) * (position - Math.floor(position));
}
