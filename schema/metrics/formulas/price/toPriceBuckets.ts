import { tenTo } from './fixedPoint.js';

export interface PricedSupply {
  /** Of one GPU for an hour, at 18 decimals, more than nothing. */
  readonly price: bigint;
  readonly gpus: number;
}

export interface PriceBucket {
  /** Prices of this or more, at 18 decimals. */
  readonly from: bigint;
  /** And of less than this. */
  readonly to: bigint;
  readonly asks: number;
  readonly gpus: number;
}

/** Preferred numbers of the series R10 (ISO 3), in hundredths: about a quarter more from each to the next. */
const STEPS = [100n, 125n, 160n, 200n, 250n, 315n, 400n, 500n, 630n, 800n] as const;
const HUNDRED = 100n;

/**
 * How many ask what, in buckets that are equally wide on a logarithmic scale and whose edges can be said aloud. From the bucket of the
 * smallest price to that of the largest, the empty ones between them too: a histogram shows where nobody asks. Free is in none.
 */
export function toPriceBuckets(given: readonly PricedSupply[]): readonly PriceBucket[] {
  const asks = given.filter(({ price, gpus }) => price > 0n && gpus > 0);
  const places = asks.map(({ price }) => findPlace(price));
  if (places.length === 0) return [];
  const [first, last] = [Math.min(...places), Math.max(...places)];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const inside = asks.filter((_, at) => places[at] === first + index);
    return {
      ...{ from: toEdge(first + index), to: toEdge(first + index + 1), asks: inside.length },
      gpus: inside.reduce((sum, { gpus }) => sum + gpus, 0),
    };
  });
}

/** Steps above 10^-18, which is the smallest price there is. */
function findPlace(price: bigint): number {
  const decades = price.toString().length - 1;
  const step = STEPS.findLastIndex((one) => one * tenTo(decades) <= price * HUNDRED);
  return decades * STEPS.length + step;
}

function toEdge(place: number): bigint {
  const step = STEPS[place % STEPS.length] ?? HUNDRED;
  return (step * tenTo(Math.floor(place / STEPS.length))) / HUNDRED;
}
