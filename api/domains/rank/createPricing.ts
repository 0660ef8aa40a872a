import { divideHalfEven, ONE, tenTo } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { GpuHourPrice } from '../../../schema/metrics/formulas/rank/Candidate.js';
import { unitsPerHour } from '../../../schema/prices/unitsPerHour.js';
import type { Context } from '../../createContext.js';
import { type FactPlace, LAST_LOG } from '../usd/usdQueries.js';
import { loadRates, type Rate } from './loadRates.js';
import type { AskRow, MarketRow, TradeRow } from './rankQueries.js';

/** A price of a GPU-hour with where it comes from. */
export interface KnownPrice extends GpuHourPrice {
  /** When it was named, or last seen. */
  readonly at: Date;
  readonly isProbed: boolean;
  readonly usdReason: Rate['reason'];
}

export interface Pricing {
  /** Undefined: it is for no GPU-hour. `gpus` of the machine, where they are known. */
  ofAsk(row: AskRow, gpus: number | null): KnownPrice | undefined;
  ofTrade(row: TradeRow): KnownPrice | undefined;
}

/** Rows of which prices are wanted. */
export interface Priced {
  readonly asks?: readonly AskRow[];
  readonly trades?: readonly TradeRow[];
}

/**
 * What is asked is worth what its token is now; what was agreed on, or bid, what it was then. All tokens and rates are looked up first: they
 * are few, and asks are thousands.
 */
export async function createPricing(
  context: Context,
  markets: readonly MarketRow[],
  { asks = [], trades = [] }: Priced,
): Promise<Pricing> {
  const ofNow = new Map(
    markets.map(({ id, chainId, height, at }): [string, FactPlace] => [
      id,
      { chainId, height: height ?? 0, logIndex: LAST_LOG, at: at ?? context.now },
    ]),
  );
  const rates = await loadRates(context, [
    ...asks.map(({ token, networkId }) => ({ token, place: getPlace(ofNow, networkId) })),
    ...trades.map((row) => ({ token: row.token, place: toPlace(row) })),
  ]);

  function toPlace({ networkId, height, at }: TradeRow): FactPlace {
    return { chainId: getMarket(markets, networkId).chainId, height, logIndex: LAST_LOG, at };
  }

  function toKnown(row: PricedRow & { readonly isProbed: boolean }, gpus: number | null, place: FactPlace) {
    const terms = findTerms(row, gpus);
    const known = terms && rates.find(row.token, place);
    if (!terms || !known) return undefined;
    const { rate, decimals } = known;
    const inToken = divideHalfEven(BigInt(row.amount) * terms.times * ONE, tenTo(row.scale ?? decimals) * terms.per);
    const usd = rate.usd === null ? null : divideHalfEven(inToken * rate.usd, ONE);
    return { token: row.token, inToken, usd, usdReason: rate.reason, at: row.at, isProbed: row.isProbed };
  }

  return {
    ofAsk: (row, gpus) => toKnown(row, gpus, getPlace(ofNow, row.networkId)),
    ofTrade: (row) => toKnown({ ...row, isProbed: false }, row.gpuCount, toPlace(row)),
  };
}

type PricedRow = Pick<AskRow, 'unit' | 'resource' | 'token' | 'amount' | 'scale' | 'at'>;

function getPlace(places: ReadonlyMap<string, FactPlace>, networkId: string): FactPlace {
  const place = places.get(networkId);
  if (!place) throw new Error(`Assertion failed: a market for ${networkId}`);
  return place;
}

/** As roll-ups of prices take it: a price of `gpu` is for one, another one by time for all GPUs of its machine. Undefined: for no GPU-hour. */
export function findTerms(
  { unit, resource }: Pick<AskRow, 'unit' | 'resource'>,
  gpus: number | null,
): { readonly times: bigint; readonly per: bigint } | undefined {
  const times = unitsPerHour.get(unit);
  if (times === undefined) return undefined;
  if (resource === 'gpu') return { times, per: 1n };
  return gpus !== null && gpus > 0 ? { times, per: BigInt(gpus) } : undefined;
}

/** What a price that is for no GPU-hour is for, in words. */
export function describeUnit(unit: string): string {
  return unitsPerHour.has(unit) ? 'machine-hour' : unit;
}

export function getMarket(markets: readonly MarketRow[], id: string): MarketRow {
  const market = markets.find((one) => one.id === id);
  if (!market) throw new Error(`Assertion failed: a market for ${id}`);
  return market;
}
