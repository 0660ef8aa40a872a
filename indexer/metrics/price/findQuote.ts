import { isOnline, listVerdicts } from '../../../schema/heartbeat/presence.js';
import { divideHalfEven, ONE, tenTo } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import { unitsPerHour } from '../../../schema/prices/unitsPerHour.js';
import type { TokenAmount } from '../../../schema/prices/usd.js';
import { toHardwareClass } from '../subjects.js';
import type { PriceRow } from './PriceRow.js';
import { toUsdOfRow, type UsdGap } from './toUsdOfRow.js';

/** What a price is per. Prices of different ones are never mixed. */
export const quoteUnits = ['gpuHour', 'machineHour', 'task', 'millionTokens', 'millionPixels', 'epoch'] as const;
export type QuoteUnit = (typeof quoteUnits)[number];

/** A trade, an ask or a bid, at 18 decimals. */
export interface Quote {
  readonly part: PriceRow['part'];
  readonly hour: number;
  readonly at: number;
  readonly provider: string;
  readonly buyer: string;
  readonly party: string;
  readonly isRemoved: boolean;
  /** Class of hardware: a model of the catalogue of GPUs, or `unknown`. */
  readonly hardware: string;
  readonly unit: QuoteUnit;
  readonly resource: string;
  readonly token: string;
  /** Whole tokens for one unit. */
  readonly inToken: bigint;
  /** USD for one unit; null: for the reason beside it. */
  readonly usd: bigint | null;
  readonly usdGap: UsdGap | null;
  /** Units traded; of what was agreed on, with no payment known, one. */
  readonly quantity: bigint;
  /** Of an ask: GPUs that are offered, at least one. */
  readonly gpus: number;
  readonly isBusy: boolean;
  /** Null: not heard of. */
  readonly isOnline: boolean | null;
}

/** Undefined where the row says no price: none was agreed on, or one of nothing that says how much was bought. */
export function findQuote(row: PriceRow): Quote | undefined {
  const terms = findTerms(row);
  if (!terms || row.token === null || row.decimals === null) return undefined;
  const { amount } = terms;
  return {
    part: row.part,
    hour: row.hour,
    at: Number(row.at),
    provider: row.provider ?? '',
    buyer: row.buyer ?? '',
    party: row.party ?? row.provider ?? '',
    isRemoved: (row.removed ?? null) !== null,
    hardware: toClass(row.gpuModel),
    unit: terms.unit,
    resource: row.resource ?? '',
    token: row.token,
    inToken: divideHalfEven(amount.baseUnits * ONE, tenTo(amount.decimals) * (amount.divisor ?? 1n)),
    ...toUsdOfRow(amount, row),
    quantity: terms.quantity,
    gpus: Math.max(1, row.gpus ?? 1),
    isBusy: row.busy ?? false,
    isOnline: toPresence(row),
  };
}

interface Terms {
  readonly unit: QuoteUnit;
  /** For one unit. */
  readonly amount: TokenAmount;
  readonly quantity: bigint;
}

function findTerms(row: PriceRow): Terms | undefined {
  const decimals = row.decimals ?? 0;
  if (row.unit === 'task' && row.value !== null) {
    return { unit: 'task', amount: { baseUnits: BigInt(row.value), decimals }, quantity: ONE };
  }
  const scaling = findScaling(row);
  if (!scaling || row.price === null) return undefined;
  const price = { baseUnits: BigInt(row.price), decimals: row.scale ?? decimals };
  const amount = { baseUnits: price.baseUnits * scaling.times, decimals: price.decimals, divisor: scaling.per };
  if (row.value === null) return { unit: scaling.unit, amount, quantity: ONE };
  if (amount.baseUnits === 0n) return undefined;
  // How many units the payment is for: value / price of one, both in whole tokens.
  const paid = BigInt(row.value) * tenTo(amount.decimals) * amount.divisor * ONE;
  return { unit: scaling.unit, amount, quantity: divideHalfEven(paid, tenTo(decimals) * amount.baseUnits) };
}

interface Scaling {
  readonly unit: QuoteUnit;
  /** The named price times this, over `per`, is that of one unit. */
  readonly times: bigint;
  readonly per: bigint;
}

/** A price of `gpu` is for one; another one by time is for all GPUs of its machine, where their number is known. */
function findScaling({ unit, resource, gpus }: PriceRow): Scaling | undefined {
  const times = unitsPerHour.get(unit);
  if (times !== undefined) {
    if (resource === 'gpu') return { unit: 'gpuHour', times, per: 1n };
    if (gpus !== null && gpus > 0) return { unit: 'gpuHour', times, per: BigInt(gpus) };
    return { unit: 'machineHour', times, per: 1n };
  }
  return OTHERS.get(unit);
}

/** Tokens and pixels cost so little that a million of them is priced. */
const OTHERS: ReadonlyMap<string, Scaling> = new Map([
  ['task', { unit: 'task', times: 1n, per: 1n }],
  ['token', { unit: 'millionTokens', times: 1_000_000n, per: 1n }],
  ['pixel', { unit: 'millionPixels', times: 1_000_000n, per: 1n }],
  ['epoch', { unit: 'epoch', times: 1n, per: 1n }],
]);

/** Each of the few ways in which machines write their model is matched once. */
function toClass(gpuModel: string | null): string {
  const claim = gpuModel ?? '';
  const known = classes.get(claim);
  if (known !== undefined) return known;
  if (classes.size >= MAX_CLAIMS) classes.clear();
  const found = toHardwareClass(claim);
  classes.set(claim, found);
  return found;
}

const classes = new Map<string, string>();
/** Anybody may write any text: the memory stays small. */
const MAX_CLAIMS = 10_000;

function toPresence({ up, known, expected }: PriceRow): boolean | null {
  if ((up ?? null) === null || (known ?? null) === null || (expected ?? null) === null) return null;
  return isOnline(listVerdicts({ up: BigInt(up ?? 0), known: BigInt(known ?? 0), expected: BigInt(expected ?? 0) }));
}
