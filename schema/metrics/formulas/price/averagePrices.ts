import { weightedMedian } from '../statistics/weightedMedian.js';
import { divideHalfEven } from './fixedPoint.js';
import type { Trade } from './Trade.js';

/** Plain and weighted averages of prices (`PRC-01`), exact to the 18th decimal; null where there is no trade. */

export function meanPrice(trades: readonly Trade[]): bigint | null {
  if (trades.length === 0) return null;
  return divideHalfEven(
    trades.reduce((sum, { price }) => sum + price, 0n),
    BigInt(trades.length),
  );
}

/** Σ price × quantity / Σ quantity: one trade of any size moves it as far as it likes. */
export function volumeWeightedPrice(trades: readonly Trade[]): bigint | null {
  let [value, volume] = [0n, 0n];
  for (const { price, quantity } of trades) {
    value += price * quantity;
    volume += quantity;
  }
  return volume === 0n ? null : divideHalfEven(value, volume);
}

/** Of an even number of trades the mean of the two in the middle. */
export function medianPrice(trades: readonly Trade[]): bigint | null {
  const prices = trades.map(({ price }) => price).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const upper = prices[prices.length >> 1];
  const lower = prices[(prices.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : divideHalfEven(lower + upper, 2n);
}

/** The smallest price at which half of the volume was traded: always one that somebody paid. */
export function weightedMedianPrice(trades: readonly Trade[]): bigint | null {
  // Many are of the same few prices, and a sum of whole numbers is the same in any order.
  const volumes = new Map<bigint, bigint>();
  for (const { price, quantity } of trades) volumes.set(price, (volumes.get(price) ?? 0n) + quantity);
  return weightedMedian([...volumes].map(([value, weight]) => ({ value, weight })));
}
