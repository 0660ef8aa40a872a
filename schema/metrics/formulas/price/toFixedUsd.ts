import type { TokenAmount } from '../../../prices/usd.js';
import { divideHalfEven, FIXED_DECIMALS, tenTo, toFixed } from './fixedPoint.js';

/**
 * What an amount is at a rate of USD for one token, at 18 decimals: `parseFixed(toProduct(amount, rate))`, digit for digit, without the
 * text in between. A quotient is rounded where `toProduct` rounds it, too.
 */
export function toFixedUsd(
  { baseUnits, decimals, divisor = 1n }: TokenAmount,
  rate: { readonly value: bigint; readonly decimals: number },
): bigint {
  const [value, scale] = [baseUnits * rate.value, decimals + rate.decimals];
  if (divisor === 1n) return toFixed(value, scale);
  const kept = Math.max(scale, FIXED_DECIMALS);
  return toFixed(divideHalfEven(value * tenTo(kept - scale), divisor), kept);
}
