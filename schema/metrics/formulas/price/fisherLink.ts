import { divideHalfEven, ONE, sqrtFixed } from './fixedPoint.js';
import { isTrade, type Trade } from './Trade.js';

/** What each model cost in a period, and how much of it was traded. */
export type PricesByModel = ReadonlyMap<string, Trade>;

export interface FisherLink {
  /** Σ p1 q0 / Σ p0 q0, at 18 decimals as the other two. */
  readonly laspeyres: bigint;
  /** Σ p1 q1 / Σ p0 q1. */
  readonly paasche: bigint;
  /** √(L × P): free of the mix (Fisher 1922). */
  readonly fisher: bigint;
  /** Models that both periods have, in order. */
  readonly models: readonly string[];
}

/**
 * How prices moved from one period to another (`PRC-09`), over the models that both of them have; null: there is none. The
 * square root is one of whole numbers.
 */
export function fisherLink(before: PricesByModel, after: PricesByModel): FisherLink | null {
  const models = [...after.keys()].filter((model) => isKnown(before, model) && isKnown(after, model)).sort();
  let [oldAtOld, newAtOld, oldAtNew, newAtNew] = [0n, 0n, 0n, 0n];
  for (const model of models) {
    const [old, current] = [before.get(model), after.get(model)];
    if (!old || !current) continue;
    oldAtOld += old.price * old.quantity;
    newAtOld += current.price * old.quantity;
    oldAtNew += old.price * current.quantity;
    newAtNew += current.price * current.quantity;
  }
  if (models.length === 0) return null;
  return {
    laspeyres: divideHalfEven(newAtOld * ONE, oldAtOld),
    paasche: divideHalfEven(newAtNew * ONE, oldAtNew),
    fisher: sqrtFixed(newAtOld * newAtNew, oldAtOld * oldAtNew),
    models,
  };
}

function isKnown(prices: PricesByModel, model: string): boolean {
  const trade = prices.get(model);
  return trade !== undefined && isTrade(trade);
}
