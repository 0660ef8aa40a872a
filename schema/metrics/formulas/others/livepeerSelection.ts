export interface LivepeerWeights {
  readonly rand: number;
  readonly stake: number;
  readonly price: number;
}

/** As `cmd/livepeer/starter/starter.go` has them. */
export const livepeerDefaultWeights: LivepeerWeights = { rand: 0.3, stake: 0.7, price: 0 };

/**
 * With which probability a broadcaster takes each orchestrator: `Wprice e^(-price/F) / sum + Wstake stake / sum + Wrand / N`
 * (livepeer/go-livepeer, `server/selection_algorithm.go`; `REP-03`). Their filter by performance lets everybody pass when nobody passes.
 * Where nobody has stake, or all prices are so high that nothing is left of them, that part is shared out evenly: theirs would be 0/0.
 */
export function livepeerSelection(input: {
  readonly stakes: readonly number[];
  readonly prices: readonly number[];
  readonly priceExpFactor: number;
  readonly weights?: LivepeerWeights;
}): number[] {
  const { stakes, prices, priceExpFactor, weights = livepeerDefaultWeights } = input;
  // Only their proportions count: taken from the cheapest, none of them vanishes.
  const cheapest = prices.reduce((least, price) => Math.min(least, price), Number.POSITIVE_INFINITY);
  const byPrice = toShares(prices.map((price) => Math.exp(-(price - cheapest) / priceExpFactor)));
  const byStake = toShares(stakes);
  return stakes.map(
    (_, index) =>
      weights.price * (byPrice[index] ?? 0) + weights.stake * (byStake[index] ?? 0) + weights.rand / stakes.length,
  );
}

function toShares(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum > 0 ? value / sum : 1 / values.length));
}
