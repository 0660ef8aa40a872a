import { assert } from '../../../lib/assert.js';
import { roundHalfEven } from '../statistics/roundHalfEven.js';

/** Millionths: whole numbers that stand for six places. */
export const MICRO = 1_000_000;

/** A number of zero or more in millionths, rounded half to even. */
export function toMicro(value: number): number {
  assert(value >= 0 && value < 2 ** 32, `a number from 0 to 2^32, got ${value}`);
  const scaled = value * MICRO;
  const whole = Math.floor(scaled);
  const rest = scaled - whole;
  // Far from a half the product's own rounding cannot matter; near to it the exact value decides.
  if (Math.abs(rest - 0.5) > 1e-3) return rest > 0.5 ? whole + 1 : whole;
  return Number(roundHalfEven(value).replace('.', ''));
}

/** Millionths as decimal text of six places; negative ones too. */
export function toMicroText(micro: number): string {
  const digits = String(Math.abs(micro)).padStart(7, '0');
  return `${micro < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

export function toSixPlaces(value: number): string {
  return toMicroText(toMicro(value));
}
