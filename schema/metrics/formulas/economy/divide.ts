/**
 * The quotient of two whole numbers of any size, as the nearest double: any multiple of both gives the same to the last bit. Null
 * over zero, and where it is larger than any double.
 */
export function divide(numerator: bigint, denominator: bigint): number | null {
  if (denominator === 0n) return null;
  const sign = numerator < 0n === denominator < 0n ? 1 : -1;
  const above = numerator < 0n ? -numerator : numerator;
  const below = denominator < 0n ? -denominator : denominator;
  const shift = Math.max(0, PRECISION_BITS + countBits(below) - countBits(above));
  const shifted = above << BigInt(shift);
  // A rest shows in the last bit, which is far below those of a double: it is rounded once.
  const quotient = Number((shifted / below) | (shifted % below === 0n ? 0n : 1n)) * sign;
  const first = Math.min(shift, MAX_EXPONENT);
  const value = quotient / 2 ** first / 2 ** Math.min(shift - first, MAX_EXPONENT);
  if (!Number.isFinite(value)) return null;
  return value === 0 ? 0 : value;
}

/** More than the 53 of a double. */
const PRECISION_BITS = 64;
const MAX_EXPONENT = 1_000;

function countBits(value: bigint): number {
  return value.toString(2).length;
}
