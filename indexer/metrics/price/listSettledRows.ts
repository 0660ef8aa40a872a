import { gpuCatalogue } from '../../../schema/hardware/gpuCatalogue.js';
import { gpuPerformance } from '../../../schema/hardware/gpuPerformance.js';
import { volumeWeightedPrice } from '../../../schema/metrics/formulas/price/averagePrices.js';
import { cleanTrades } from '../../../schema/metrics/formulas/price/cleanTrades.js';
import { findPublicationGap } from '../../../schema/metrics/formulas/price/findPublicationGap.js';
import { toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import {
  toMemoryPrice,
  toPerformancePrice,
  toPerformanceQuantity,
} from '../../../schema/metrics/formulas/price/normalisePrice.js';
import { partitionedIndex } from '../../../schema/metrics/formulas/price/partitionedIndex.js';
import { settledIndex } from '../../../schema/metrics/formulas/price/settledIndex.js';
import { isTrade } from '../../../schema/metrics/formulas/price/Trade.js';
import type { FamilyRow } from '../families.js';
import { type MakeFigure, type PricedTrade, type Scope, toFigureRow, toGapRow, toRow } from './figures.js';
import type { Quote } from './findQuote.js';

/** Figures of what was traded by the GPU-hour; none of a day without a trade. */
export function listSettledRows(scope: Scope, given: readonly Quote[]): readonly FamilyRow[] {
  const trades = given.filter((quote) => isTrade({ price: quote.inToken, quantity: quote.quantity }));
  if (trades.length === 0) return [];
  const clean = trades.filter(({ isRemoved }) => !isRemoved);
  const counts = {
    trades: clean.length,
    providers: new Set(clean.map(({ party }) => party)).size,
    buyers: new Set(clean.map(({ buyer }) => buyer)).size,
  };
  const gap = findPublicationGap(counts);
  const publish: Publish = (metric, make, { whyNone, ...detail } = {}) =>
    gap === null
      ? toFigureRow(scope, { metric, quotes: trades, make, detail, ...(whyNone ? { gap: whyNone } : {}) })
      : toGapRow(scope, { metric, n: clean.length, reason: gap, detail: { ...counts, ...detail } });
  const volume = { volume: toFixedText(sumQuantities(clean)) };
  return [
    publish('price.settledIndex', toIndex, { ...counts, ...volume, dropped: countDropped(trades) }),
    publish('price.partitionedIndex', toPartitioned, { whyNone: 'fewHours' }),
    publish('price.cleanVwap', (priced) => volumeWeightedPrice(toClean(priced)), volume),
    publish('price.h100e', toNormalised, {
      ...{ performance: gpuPerformance.version, whyNone: 'noPerformance' },
      ...toUnknown(trades),
    }),
    ...(scope.kind === 'hardware' ? [toMemoryRow(scope, trades, publish)] : []),
    toFigureRow(scope, { metric: 'price.vwap', quotes: trades, make: volumeWeightedPrice }),
    toRow(scope, { metric: 'price.providers', n: clean.length, num: String(counts.providers) }),
    toRow(scope, { metric: 'price.buyers', n: clean.length, num: String(counts.buyers) }),
    toRemovedRow(scope, trades),
  ];
}

/** Without what is removed, and with nobody above the caps. */
function toClean(trades: readonly PricedTrade[]): readonly PricedTrade[] {
  return cleanTrades(trades, ({ quote }) => quote.isRemoved).capped;
}

export function toIndex(trades: readonly PricedTrade[]): bigint | null {
  return settledIndex(toClean(trades)).index;
}

function sumQuantities(quotes: readonly Quote[]): bigint {
  return quotes.reduce((sum, { quantity }) => sum + quantity, 0n);
}

/** Trades that were clean and yet untypical, by their price in tokens. */
function countDropped(trades: readonly Quote[]): number {
  const clean = trades.flatMap((quote) =>
    quote.isRemoved ? [] : [{ price: quote.inToken, quantity: quote.quantity }],
  );
  return settledIndex(clean).kept.filter((kept) => !kept).length;
}

/** By the hour of the day, of which so many need a trade. */
function toPartitioned(trades: readonly PricedTrade[]): bigint | null {
  const hours: PricedTrade[][] = Array.from({ length: 24 }, () => []);
  for (const trade of toClean(trades)) hours[Math.floor(trade.quote.at / 3_600) % 24]?.push(trade);
  return partitionedIndex(hours, MIN_PARTITIONS).index;
}

const MIN_PARTITIONS = 3;

/** Each trade as one of the reference's work, before the index is taken: so models of all kinds are one market. */
function toNormalised(trades: readonly PricedTrade[]): bigint | null {
  return toIndex(
    trades.flatMap((trade) => {
      const terms = findPerformance(trade.quote.hardware);
      const price = terms && toPerformancePrice(trade.price, terms);
      const quantity = terms && toPerformanceQuantity(trade.quantity, terms);
      return price && quantity ? [{ ...trade, price, quantity }] : [];
    }),
  );
}

function findPerformance(hardware: string) {
  const { models, reference } = gpuPerformance;
  const performance = models.get(hardware)?.tflops;
  const whole = models.get(reference)?.tflops;
  return performance !== undefined && whole !== undefined ? { performance, reference: whole } : undefined;
}

/** How many trades are of models without a figure of performance, where there are any. */
function toUnknown(trades: readonly Quote[]) {
  const unknown = trades.filter(({ hardware }) => !findPerformance(hardware)).length;
  return unknown > 0 ? { withoutPerformance: unknown } : {};
}

type Publish = (
  metric: string,
  make: MakeFigure,
  detail?: Readonly<Record<string, unknown>> & { readonly whyNone?: string },
) => FamilyRow;

/** Only of a model that there is with one size of memory: which one a trade was of is not known. */
function toMemoryRow(scope: Scope, trades: readonly Quote[], publish: Publish): FamilyRow {
  const metric = 'price.perGbHour';
  const model = gpuCatalogue.models.find(({ id }) => id === trades[0]?.hardware);
  const [vramMib, ...others] = model?.vramMib ?? [];
  if (vramMib === undefined) return toGapRow(scope, { metric, n: trades.length, reason: 'unknownModel' });
  if (others.length > 0) return toGapRow(scope, { metric, n: trades.length, reason: 'severalMemorySizes' });
  const vramGb = String(vramMib / 1_024);
  return publish(metric, (priced) => toMemoryOf(toIndex(priced), vramGb), { vramGb });
}

function toMemoryOf(index: bigint | null, vramGb: string): bigint | null {
  return index === null ? null : toMemoryPrice(index, vramGb);
}

/** Volume of self-dealing and rings over all volume: of GPU-hours, so that no currency is in it. */
function toRemovedRow(scope: Scope, trades: readonly Quote[]): FamilyRow {
  const priced = trades.map(({ provider, buyer, quantity, isRemoved }) => ({
    price: 1n,
    provider,
    buyer,
    quantity,
    isRemoved,
  }));
  const { removedShare } = cleanTrades(priced, ({ isRemoved }) => isRemoved);
  return toRow(scope, { metric: 'price.removedShare', n: trades.length, num: toFixedText(removedShare ?? 0n) });
}
