import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import { assert } from '../../../lib/assert.js';

/**
 * The value below which a chi-square of so many degrees of freedom lies with probability `p` < 1: twice the inverse of the
 * regularised lower incomplete gamma function at half the degrees. Zero at p = 0.
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  assert(p >= 0 && p < 1, `a probability below one, got ${p}`);
  assert(degrees > 0 && Number.isFinite(degrees), `degrees of freedom above zero, got ${degrees}`);
  const value = 2 * gammaincinv(p, degrees / 2);
  assert(Number.isFinite(value), `a chi-square quantile of ${degrees} degrees at ${p}`);
  return value;
}
