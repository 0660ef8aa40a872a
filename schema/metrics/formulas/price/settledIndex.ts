import { weightedMedianPrice } from './averagePrices.js';
import { findTypical } from './findTypical.js';
import type { Trade } from './Trade.js';

export interface SettledIndex {
  /** Null: there was no trade. */
  readonly index: bigint | null;
  /** By trade. */
  readonly kept: readonly boolean[];
}

/** The price of settled trades that a few of them cannot move (`PRC-01`): the weighted median of the typical ones. */
export function settledIndex(trades: readonly Trade[]): SettledIndex {
  const kept = findTypical(trades).map((typical) => typical.kept);
  return { index: weightedMedianPrice(trades.filter((_, at) => kept[at])), kept };
}
