import { assert } from '../../../lib/assert.js';

/**
 * EigenTrust: the fixed point of `t = (1 - a) C^T t + a p` (Kamvar, Schlosser & Garcia-Molina 2003; `REP-08`). `trust[i][j]` is how much
 * i trusts j; rows are brought to a sum of one, and whoever trusts nobody trusts the pre-trusted. Adds up to one. Without anybody
 * pre-trusted there is no such view, and neither with `a = 0`, which need not settle: null.
 */
export function eigenTrust(input: {
  readonly trust: readonly (readonly number[])[];
  readonly pretrusted: readonly number[];
  readonly a: number;
}): number[] | null {
  const { trust, pretrusted, a } = input;
  const size = pretrusted.length;
  assert(trust.length === size, `a row for each of ${size}, got ${trust.length}`);
  assert(a <= 1, `a share of the pre-trusted up to one, got ${a}`);
  const start = toShares(pretrusted);
  if (start === null || !(a > 0)) return null;
  const rows = trust.map((row) => toShares(row.slice(0, size)) ?? start);
  let current = start;
  // Each step brings it nearer by the factor 1 - a.
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = start.map(
      (share, to) =>
        a * share + (1 - a) * current.reduce((sum, value, from) => sum + value * (rows[from]?.[to] ?? 0), 0),
    );
    const moved = next.reduce((sum, value, index) => sum + Math.abs(value - (current[index] ?? 0)), 0);
    current = next;
    if (moved < 1e-15) break;
  }
  const total = current.reduce((sum, value) => sum + value, 0);
  return current.map((value) => value / total);
}

const MOST_STEPS = 10_000;

function toShares(values: readonly number[]): number[] | null {
  const positive = values.map((value) => Math.max(0, value));
  const sum = positive.reduce((total, value) => total + value, 0);
  return sum > 0 ? positive.map((value) => value / sum) : null;
}
