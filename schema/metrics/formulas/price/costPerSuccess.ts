import { assert } from '../../../lib/assert.js';
import { divideHalfEven, ONE, parseFixed } from './fixedPoint.js';

/**
 * What an hour of work that succeeds costs where attempts are repeated until one does (`PRC-07`; geometric retries):
 * price × (1 + φ (1 − s) / s). `success` is s, the lower bound of the share of attempts that succeed, `failedShare` φ, how much
 * of a failed attempt has to be paid, or is lost; both decimals from 0 to 1. Null at s = 0: no finite cost.
 */
export function costPerSuccess(
  price: bigint,
  { success, failedShare }: { readonly success: string; readonly failedShare: string },
): bigint | null {
  const [s, phi] = [parseFixed(success), parseFixed(failedShare)];
  assert(s <= ONE && phi <= ONE, `shares of at most 1, got ${success} and ${failedShare}`);
  if (s === 0n) return null;
  return divideHalfEven(price * (s * ONE + phi * (ONE - s)), s * ONE);
}

/** How often one has to try, on the average; null at s = 0. */
export function expectedAttempts(success: string): bigint | null {
  const s = parseFixed(success);
  return s === 0n ? null : divideHalfEven(ONE * ONE, s);
}
