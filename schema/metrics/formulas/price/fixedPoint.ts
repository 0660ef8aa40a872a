import { assert } from '../../../lib/assert.js';
import { parseDecimal, toDecimal } from '../../../prices/usd.js';

/**
 * Money as whole numbers of 10^-18: USD or tokens for a GPU-hour, and quantities beside them. Nothing here is a double. Doubles
 * are allowed in two places only: logarithms that say whether a trade is typical (`findTypical`), and hours that are expected
 * of a machine (`expectedHours`); neither is ever added to money.
 */
export const FIXED_DECIMALS = 18;

const POWERS: readonly bigint[] = Array.from({ length: 100 }, (_, exponent) => 10n ** BigInt(exponent));

/** 10 to the power of a whole number of zero or more. */
export function tenTo(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

/** 1 as a fixed-point number. */
export const ONE = tenTo(FIXED_DECIMALS);

/** A decimal of zero or more, such as `0.42`; digits beyond the 18th are rounded half to even. Throws where it is none. */
export function parseFixed(text: string): bigint {
  const { value, decimals } = parseDecimal(text);
  return toFixed(value, decimals);
}

/** A whole number of zero or more over a power of ten; digits beyond the 18th are rounded half to even. */
export function toFixed(value: bigint, decimals: number): bigint {
  if (decimals <= FIXED_DECIMALS) return value * tenTo(FIXED_DECIMALS - decimals);
  return divideHalfEven(value, tenTo(decimals - FIXED_DECIMALS));
}

/** Every digit, without zeros at the end. */
export function toFixedText(value: bigint): string {
  return toDecimal(value, FIXED_DECIMALS);
}

/** For people and columns that have none: null stays null. */
export function toFixedTextOrNull(value: bigint | null): string | null {
  return value === null ? null : toFixedText(value);
}

/** A quotient of numbers of zero or more, rounded half to even. */
export function divideHalfEven(value: bigint, divisor: bigint): bigint {
  // To write large numbers out takes longer than to divide them, so it is done where they are wrong alone.
  if (value < 0n || divisor <= 0n) {
    assert(false, `a value of zero or more over a divisor above zero, got ${value} / ${divisor}`);
  }
  const whole = value / divisor;
  const rest = value - whole * divisor;
  if (rest === 0n) return whole;
  const doubled = 2n * rest;
  return doubled > divisor || (doubled === divisor && whole % 2n === 1n) ? whole + 1n : whole;
}

/** The square root of a fixed-point fraction, as a fixed-point number, rounded half to even. */
export function sqrtFixed(value: bigint, divisor: bigint): bigint {
  assert(value >= 0n && divisor > 0n, `a fraction of zero or more, got ${value} / ${divisor}`);
  const scaled = value * ONE * ONE;
  const root = sqrtFloor(scaled / divisor);
  const middle = (2n * root + 1n) ** 2n * divisor;
  return middle < 4n * scaled || (middle === 4n * scaled && root % 2n === 1n) ? root + 1n : root;
}

/** Newton's method on whole numbers, from above. */
function sqrtFloor(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
