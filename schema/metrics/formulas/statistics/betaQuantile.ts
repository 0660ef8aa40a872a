import betaincinv from '@stdlib/math-base-special-betaincinv';
import { assert } from '../../../lib/assert.js';

/**
 * The value below which a Beta(alpha, beta) lies with probability `p`: the inverse of the regularised incomplete beta function.
 * In [0, 1], never NaN. At p = 0.05 the lower bound of scores (`REL-05`).
 */
export function betaQuantile(p: number, alpha: number, beta: number): number {
  assert(p >= 0 && p <= 1, `a probability, got ${p}`);
  assert(alpha > 0 && beta > 0, `alpha and beta above zero, got ${alpha} and ${beta}`);
  assert(Number.isFinite(alpha) && Number.isFinite(beta), `finite alpha and beta, got ${alpha} and ${beta}`);
  const value = betaincinv(p, alpha, beta);
  assert(!Number.isNaN(value), `a quantile of Beta(${alpha}, ${beta}) at ${p}`);
  return Math.min(1, Math.max(0, value));
}
