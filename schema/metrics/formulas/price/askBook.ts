import { divideHalfEven } from './fixedPoint.js';

export interface Ask {
  readonly provider: string;
  /** Of one GPU for an hour, at 18 decimals. */
  readonly price: bigint;
  readonly gpus: number;
}

export interface Rent {
  readonly fills: readonly { readonly provider: string; readonly gpus: number }[];
  /** Of all of them for an hour. */
  readonly hourlyCost: bigint;
  readonly averagePrice: bigint;
  /** Of the last one. */
  readonly marginalPrice: bigint;
}

export interface AskBook {
  /** Null, and so is the next: nobody asks. */
  readonly best: bigint | null;
  readonly supplyWeighted: bigint | null;
  /** GPUs on offer. */
  readonly depth: number;
  /** What so many GPUs cost from now on, from the cheapest upwards; null: there are not so many. */
  rent(need: number): Rent | null;
}

/** What is asked (`PRC-03`). An ask of nothing, or for no GPU, is none. Equal prices are filled in the order of providers' ids. */
export function createAskBook(given: readonly Ask[]): AskBook {
  const asks = given.filter(({ price, gpus }) => price > 0n && gpus > 0).sort(compareAsks);
  const depth = asks.reduce((sum, { gpus }) => sum + gpus, 0);
  const value = asks.reduce((sum, { price, gpus }) => sum + price * BigInt(gpus), 0n);
  return {
    best: asks[0]?.price ?? null,
    supplyWeighted: depth === 0 ? null : divideHalfEven(value, BigInt(depth)),
    depth,
    rent: (need) => (need > 0 && need <= depth ? walk(asks, need) : null),
  };
}

function compareAsks(one: Ask, other: Ask): number {
  if (one.price !== other.price) return one.price < other.price ? -1 : 1;
  return one.provider < other.provider ? -1 : one.provider > other.provider ? 1 : one.gpus - other.gpus;
}

function walk(asks: readonly Ask[], need: number): Rent {
  const fills: { provider: string; gpus: number }[] = [];
  let [hourlyCost, marginalPrice, missing] = [0n, 0n, need];
  for (const { provider, price, gpus } of asks) {
    if (missing === 0) break;
    const taken = Math.min(gpus, missing);
    fills.push({ provider, gpus: taken });
    hourlyCost += price * BigInt(taken);
    marginalPrice = price;
    missing -= taken;
  }
  return { fills, hourlyCost, averagePrice: divideHalfEven(hourlyCost, BigInt(need)), marginalPrice };
}
