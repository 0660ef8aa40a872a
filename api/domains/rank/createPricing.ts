import { divideHalfEven, ONE, tenTo } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { GpuHourPrice } from '../../../schema/metrics/formulas/rank/Candidate.js';
import type { Context } from '../../createContext.js';
import { type FactPlace, LAST_LOG } from '../usd/usdQueries.js';
import { createRates, type FindRate, type Rate } from './createRates.js';
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
  ofAsk(row: AskRow, gpus: number | null): Promise<KnownPrice | undefined>;
  ofTrade(row: TradeRow): Promise<KnownPrice | undefined>;
}

/** What is asked is worth what its token is now; what was agreed on, or bid, what it was then. */
export function createPricing(context: Context, markets: readonly MarketRow[]): Pricing {
  const findRate = createRates(context);
  return {
    ofAsk(row, gpus) {
      const { chainId, height, at } = getMarket(markets, row.networkId);
      const place = { chainId, height: height ?? 0, logIndex: LAST_LOG, at: at ?? context.now };
      return toKnown(row, { findRate, context, gpus, place });
    },
    ofTrade(row) {
      const { chainId } = getMarket(markets, row.networkId);
      const place = { chainId, height: row.height, logIndex: LAST_LOG, at: row.at };
      return toKnown({ ...row, isProbed: false }, { findRate, context, gpus: row.gpuCount, place });
    },
  };
}

interface Surroundings {
  readonly findRate: FindRate;
  readonly context: Context;
  readonly gpus: number | null;
  readonly place: FactPlace;
}

async function toKnown(
  row: Pick<AskRow, 'unit' | 'resource' | 'token' | 'amount' | 'scale' | 'at' | 'isProbed'>,
  { findRate, context, gpus, place }: Surroundings,
): Promise<KnownPrice | undefined> {
  const terms = findTerms(row, gpus);
  const token = terms && (await context.loaders.token.load(row.token));
  if (!terms || !token) return undefined;
  const rate = await findRate(row.token, place);
  const inToken = divideHalfEven(
    BigInt(row.amount) * terms.times * ONE,
    tenTo(row.scale ?? token.decimals) * terms.per,
  );
  const usd = rate.usd === null ? null : divideHalfEven(inToken * rate.usd, ONE);
  return { token: row.token, inToken, usd, usdReason: rate.reason, at: row.at, isProbed: row.isProbed };
}

const SECONDS_PER_UNIT: Readonly<Record<string, bigint>> = { second: 3_600n, hour: 1n };

/** As roll-ups of prices take it: a price of `gpu` is for one, another one by time for all GPUs of its machine. Undefined: for no GPU-hour. */
export function findTerms(
  { unit, resource }: Pick<AskRow, 'unit' | 'resource'>,
  gpus: number | null,
): { readonly times: bigint; readonly per: bigint } | undefined {
  const times = SECONDS_PER_UNIT[unit];
  if (times === undefined) return undefined;
  if (resource === 'gpu') return { times, per: 1n };
  return gpus !== null && gpus > 0 ? { times, per: BigInt(gpus) } : undefined;
}

/** What a price that is for no GPU-hour is for, in words. */
export function describeUnit(unit: string): string {
  return unit in SECONDS_PER_UNIT ? 'machine-hour' : unit;
}

export function getMarket(markets: readonly MarketRow[], id: string): MarketRow {
  const market = markets.find((one) => one.id === id);
  if (!market) throw new Error(`Assertion failed: a market for ${id}`);
  return market;
}
