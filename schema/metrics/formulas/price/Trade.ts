/** What somebody paid for one GPU-hour, and for how many of them; both at 18 decimals (`fixedPoint`). */
export interface Trade {
  readonly price: bigint;
  readonly quantity: bigint;
}

/** Who traded, in public ids. */
export interface PartiedTrade extends Trade {
  readonly provider: string;
  readonly buyer: string;
}

/** A price or a quantity of nothing is no trade: it has no logarithm, and no weight. */
export function isTrade({ price, quantity }: Trade): boolean {
  return price > 0n && quantity > 0n;
}
