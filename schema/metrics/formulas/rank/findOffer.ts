import { createAskBook, type Rent } from '../price/askBook.js';
import { weightedMedian } from '../statistics/weightedMedian.js';
import type { Candidate, GpuHourPrice, Machine, SettledPrice } from './Candidate.js';

/** What so many GPUs of a provider cost: each of them for an hour, on the average. */
export interface Offer {
  readonly basis: 'advertised' | 'settled';
  readonly price: GpuHourPrice;
  /** Asks, or trades. */
  readonly n: number;
  /** On how many machines the GPUs would stand; one where nobody says. */
  readonly machines: number;
}

/**
 * What is asked, taken from the cheapest machines up to the number of GPUs, of free ones where there are enough (`PRC-03`); else
 * what was agreed on for these machines; undefined: neither.
 */
export function findOffer(candidate: Candidate, machines: readonly Machine[], gpuCount: number): Offer | undefined {
  return findAdvertised(machines, gpuCount) ?? findSettled(candidate.settled, machines);
}

export function findAdvertised(machines: readonly Machine[], gpuCount: number): Offer | undefined {
  const asks = machines.flatMap(({ ask, gpus, id, isBusy }) =>
    ask && ask.inToken > 0n ? [{ ask, gpus: gpus ?? 1, id: id ?? '', isBusy }] : [],
  );
  const free = asks.filter(({ isBusy }) => isBusy !== true);
  const pool = free.reduce((sum, { gpus }) => sum + gpus, 0) >= gpuCount ? free : asks;
  const inUsd = pool.flatMap(({ ask: { usd }, gpus, id }) =>
    usd === null ? [] : [{ provider: id, price: usd, gpus }],
  );
  const [first] = pool;
  if (!first) return undefined;
  const isOfOne = pool.every(({ ask }) => ask.token === first.ask.token);
  // Of several tokens of which not all have a worth there is no one price: that of the first one's machines then.
  const ofToken = pool.filter(({ ask }) => ask.token === first.ask.token);
  const tokens = ofToken.map(({ ask, gpus, id }) => ({ provider: id, price: ask.inToken, gpus }));
  const usd = inUsd.length === pool.length || !isOfOne ? take(inUsd, gpuCount) : null;
  const token = take(tokens, gpuCount);
  const taken = usd ?? token;
  if (!taken || !token) return undefined;
  return {
    basis: 'advertised',
    price: { token: first.ask.token, inToken: token.price, usd: usd?.price ?? null },
    n: pool.length,
    machines: taken.machines,
  };
}

/** The average of so many, or of all that are asked for where those are fewer. */
function take(
  asks: readonly { readonly provider: string; readonly price: bigint; readonly gpus: number }[],
  need: number,
): { readonly price: bigint; readonly machines: number } | null {
  const book = createAskBook(asks);
  const rent: Rent | null = book.rent(need);
  if (rent) return { price: rent.averagePrice, machines: rent.fills.length };
  return book.supplyWeighted === null ? null : { price: book.supplyWeighted, machines: asks.length };
}

/** The middle of the trades of these machines, and of those of no machine in particular. */
export function findSettled(settled: readonly SettledPrice[], machines: readonly Machine[]): Offer | undefined {
  const ids = new Set(machines.map(({ id }) => id));
  const own = settled.filter(({ machine, price }) => (machine === null || ids.has(machine)) && price.inToken > 0n);
  const token = own.reduce<SettledPrice | undefined>(
    (most, one) => (most && most.trades >= one.trades ? most : one),
    undefined,
  )?.price.token;
  if (token === undefined) return undefined;
  const ofToken = own.filter(({ price }) => price.token === token);
  const inToken = weightedMedian(ofToken.map(({ price, trades }) => ({ value: price.inToken, weight: trades })));
  const usd = ofToken.every(({ price }) => price.usd !== null)
    ? weightedMedian(ofToken.map(({ price, trades }) => ({ value: price.usd ?? 0n, weight: trades })))
    : null;
  if (inToken === null) return undefined;
  const n = ofToken.reduce((sum, { trades }) => sum + trades, 0);
  return { basis: 'settled', price: { token, inToken, usd }, n, machines: 1 };
}
