import { gpuCatalogue } from '../../../schema/hardware/gpuCatalogue.js';
import { gpuPerformance } from '../../../schema/hardware/gpuPerformance.js';
import { volumeWeightedPrice } from '../../../schema/metrics/formulas/price/averagePrices.js';
import { toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import {
  toMemoryPrice,
  toPerformancePrice,
  toPerformanceQuantity,
} from '../../../schema/metrics/formulas/price/normalisePrice.js';
import { partitionedIndex } from '../../../schema/metrics/formulas/price/partitionedIndex.js';
import { settledIndex } from '../../../schema/metrics/formulas/price/settledIndex.js';
import type { FamilyRow } from '../families.js';
import { cleanQuotes, countParties, findGaps } from './cleanQuotes.js';
import {
  type Detail,
  listInToken,
  type MakeFigure,
  type PricedTrade,
  remember,
  type Scope,
  toFigureRow,
  toGapRow,
  toRow,
} from './figures.js';
import type { Quote } from './findQuote.js';

/** Figures of what was traded by the GPU-hour; none of a day without a trade. */
export function listSettledRows(scope: Scope, given: readonly Quote[]): readonly FamilyRow[] {
  const { trades, clean, capped, removedShare } = cleanQuotes(given);
  if (trades.length === 0) return [];
  const counts = countParties(clean);
  const volume = { volume: toFixedText(clean.reduce((sum, { quantity }) => sum + quantity, 0n)) };
  return [
    toPublishedRow(scope, {
      ...{ metric: 'price.settledIndex', quotes: capped, make: toIndex },
      detail: { ...counts, ...volume, dropped: countDropped(capped) },
    }),
    toPublishedRow(scope, {
      ...{ metric: 'price.partitionedIndex', quotes: capped, make: toPartitioned, gap: 'fewHours' },
    }),
    toPublishedRow(scope, { metric: 'price.cleanVwap', quotes: capped, make: volumeWeightedPrice, detail: volume }),
    toNormalisedRow(scope, trades),
    ...(scope.kind === 'hardware' ? [toMemoryRow(scope, capped)] : []),
    toFigureRow(scope, { metric: 'price.vwap', quotes: trades, make: volumeWeightedPrice }),
    toRow(scope, { metric: 'price.providers', n: clean.length, num: String(counts.providers) }),
    toRow(scope, { metric: 'price.buyers', n: clean.length, num: String(counts.buyers) }),
    toRow(scope, { metric: 'price.removedShare', n: trades.length, num: toFixedText(removedShare ?? 0n) }),
  ];
}

interface Published {
  readonly metric: string;
  /** Clean ones. */
  readonly quotes: readonly Quote[];
  readonly make: MakeFigure;
  readonly gap?: string;
  readonly detail?: Detail;
}

/** A figure of several providers and buyers, or the reason why it is not published: in either currency by who is in it. */
function toPublishedRow(scope: Scope, { detail = {}, ...figure }: Published): FamilyRow {
  const { metric, quotes } = figure;
  const gaps = findGaps(quotes);
  if (gaps.all !== null) {
    const counts = countParties(quotes);
    return toGapRow(scope, { metric, n: quotes.length, reason: gaps.all, detail: { ...counts, ...detail } });
  }
  const row = toFigureRow(scope, { ...figure, detail });
  return gaps.usd === null ? row : { ...row, num: null, detail: { ...row.detail, reason: gaps.usd } };
}

export function toIndex(trades: readonly PricedTrade[]): bigint | null {
  return toSettled(trades).index;
}

const toSettled = remember((trades: readonly PricedTrade[]) => settledIndex(trades));

/** Trades that were clean and yet untypical, by their price in tokens. */
function countDropped(clean: readonly Quote[]): number {
  const { kept } = toSettled(listInToken(clean));
  return kept.filter((isKept) => !isKept).length;
}

/** By the hour of the day, of which so many need a trade. */
function toPartitioned(trades: readonly PricedTrade[]): bigint | null {
  const hours: PricedTrade[][] = Array.from({ length: 24 }, () => []);
  for (const trade of trades) hours[Math.floor(trade.quote.at / 3_600) % 24]?.push(trade);
  return partitionedIndex(hours, MIN_PARTITIONS).index;
}

const MIN_PARTITIONS = 3;

/** Each trade as one of the reference's work, before caps and index: so models of all kinds are one market. */
function toNormalisedRow(scope: Scope, trades: readonly Quote[]): FamilyRow {
  const metric = 'price.h100e';
  const normalised = trades.flatMap((quote) => normalise(quote) ?? []);
  const unknown = trades.length - normalised.length;
  const detail = { performance: gpuPerformance.version, ...(unknown > 0 ? { withoutPerformance: unknown } : {}) };
  if (normalised.length === 0) return toGapRow(scope, { metric, n: 0, reason: 'noPerformance', detail });
  return toPublishedRow(scope, { metric, quotes: cleanQuotes(normalised).capped, make: toIndex, detail });
}

/** Once for the network and for the class of hardware. */
function normalise(quote: Quote): Quote | undefined {
  const known = inReference.get(quote);
  if (known !== undefined) return known ?? undefined;
  const made = toReference(quote);
  inReference.set(quote, made ?? null);
  return made;
}

const inReference = new WeakMap<Quote, Quote | null>();

function toReference(quote: Quote): Quote | undefined {
  const { models, reference } = gpuPerformance;
  const performance = models.get(quote.hardware)?.tflops;
  const whole = models.get(reference)?.tflops;
  if (performance === undefined || whole === undefined) return undefined;
  const terms = { performance, reference: whole };
  const inToken = toPerformancePrice(quote.inToken, terms);
  const quantity = toPerformanceQuantity(quote.quantity, terms);
  if (inToken === null || quantity === null) return undefined;
  return { ...quote, inToken, quantity, usd: quote.usd === null ? null : toPerformancePrice(quote.usd, terms) };
}

/** Only of a model that there is with one size of memory: which one a trade was of is not known. */
function toMemoryRow(scope: Scope, capped: readonly Quote[]): FamilyRow {
  const metric = 'price.perGbHour';
  const hardware = scope.subject.slice(scope.subject.lastIndexOf(':') + 1);
  const [vramMib, ...others] = gpuCatalogue.models.find(({ id }) => id === hardware)?.vramMib ?? [];
  if (vramMib === undefined) return toGapRow(scope, { metric, n: capped.length, reason: 'unknownModel' });
  if (others.length > 0) return toGapRow(scope, { metric, n: capped.length, reason: 'severalMemorySizes' });
  const vramGb = String(vramMib / 1_024);
  const make = (priced: readonly PricedTrade[]) => {
    const index = toIndex(priced);
    return index === null ? null : toMemoryPrice(index, vramGb);
  };
  return toPublishedRow(scope, { metric, quotes: capped, make, detail: { vramGb } });
}
