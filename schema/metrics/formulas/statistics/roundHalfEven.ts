import { assert } from '../../../lib/assert.js';
import { toDyadic } from './toDyadic.js';

/**
 * Decimal text with exactly so many places, rounded half to even from the exact value of the double: what is stored never
 * depends on how a library prints. 0.0000005 is `0.000000` or `0.000001` by what the double really is, never by its look.
 * Never `-0`. NaN and Infinity are bugs of the caller.
 */
export function roundHalfEven(value: number, decimals = 6): string {
  assert(Number.isFinite(value), `a finite number to round, got ${value}`);
  assert(Number.isInteger(decimals) && decimals >= 0, `a whole number of decimals, got ${decimals}`);
  const { mantissa, exponent } = toDyadic(value);
  const scaled = (mantissa < 0n ? -mantissa : mantissa) * 10n ** BigInt(decimals);
  const units = exponent >= 0 ? scaled << BigInt(exponent) : divideHalfEven(scaled, -exponent);
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = mantissa < 0n && units > 0n ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - decimals)}`;
}

/** `scaled / 2^power`, of zero or more. */
function divideHalfEven(scaled: bigint, power: number): bigint {
  const shift = BigInt(power);
  const whole = scaled >> shift;
  const rest = scaled - (whole << shift);
  const half = 1n << (shift - 1n);
  return rest > half || (rest === half && (whole & 1n) === 1n) ? whole + 1n : whole;
}
