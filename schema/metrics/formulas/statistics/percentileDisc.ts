import { assert } from '../../../lib/assert.js';

/**
 * Postgres' `percentile_disc`: the smallest value that at least a share `q` of all values do not exceed (`JOB-04`): always one of
 * them, so amounts stay exact. Null of nothing.
 */
export function percentileDisc<V extends number | bigint>(values: readonly V[], q: number): V | null {
  assert(q >= 0 && q <= 1, `a share between 0 and 1, got ${q}`);
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}
