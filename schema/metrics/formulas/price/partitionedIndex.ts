import { weightedMedianPrice } from './averagePrices.js';
import { divideHalfEven } from './fixedPoint.js';
import { isTrade, type Trade } from './Trade.js';

export interface PartitionedIndex {
  /** Null: trades in too few partitions. */
  readonly index: bigint | null;
  /** Of the partitions that have one, in their order. */
  readonly medians: readonly bigint[];
}

/**
 * The mean of the weighted medians of equal parts of a time (`PRC-02`), as the CME CF Bitcoin Reference Rate is made: a large
 * trade moves its own part alone. Published where at least `minPartitions` have a trade.
 */
export function partitionedIndex(partitions: readonly (readonly Trade[])[], minPartitions: number): PartitionedIndex {
  const medians = partitions
    .map((trades) => weightedMedianPrice(trades.filter(isTrade)))
    .filter((median) => median !== null);
  if (medians.length === 0 || medians.length < minPartitions) return { index: null, medians };
  const sum = medians.reduce((total, median) => total + median, 0n);
  return { index: divideHalfEven(sum, BigInt(medians.length)), medians };
}
