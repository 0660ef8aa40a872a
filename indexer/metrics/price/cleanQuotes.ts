import { cleanTrades } from '../../../schema/metrics/formulas/price/cleanTrades.js';
import { findPublicationGap, type PublicationGap } from '../../../schema/metrics/formulas/price/findPublicationGap.js';
import { isTrade } from '../../../schema/metrics/formulas/price/Trade.js';
import type { Quote } from './findQuote.js';

export interface CleanQuotes {
  /** All that are trades: of a price and a quantity above zero. */
  readonly trades: readonly Quote[];
  /** Without what is removed. */
  readonly clean: readonly Quote[];
  /** The same with quantities cut to the caps. */
  readonly capped: readonly Quote[];
  /** At 18 decimals; null: there was no volume. */
  readonly removedShare: bigint | null;
}

/** Cleans trades once for all figures: quantities are the same in every currency. */
export function cleanQuotes(quotes: readonly Quote[]): CleanQuotes {
  const given = quotes.map((quote) => {
    const { inToken: price, quantity, provider, buyer } = quote;
    return { price, quantity, provider, buyer, quote };
  });
  const { clean, capped, removedShare } = cleanTrades(given, ({ quote }) => quote.isRemoved);
  return {
    trades: given.filter(isTrade).map(({ quote }) => quote),
    clean: clean.map(({ quote }) => quote),
    capped: capped.map(({ quote, quantity }) => (quantity === quote.quantity ? quote : { ...quote, quantity })),
    removedShare,
  };
}

export interface Parties {
  readonly trades: number;
  readonly providers: number;
  readonly buyers: number;
}

/** Providers of one owner are one. */
export function countParties(quotes: readonly Quote[]): Parties {
  return {
    trades: quotes.length,
    providers: new Set(quotes.map(({ party }) => party)).size,
    buyers: new Set(quotes.map(({ buyer }) => buyer)).size,
  };
}

/** Why trades give no figure that is published; `usd` the same of those whose worth in USD is known, where any is. */
export function findGaps(quotes: readonly Quote[]): {
  readonly all: PublicationGap | null;
  readonly usd: PublicationGap | null;
} {
  const inUsd = quotes.filter(({ usd }) => usd !== null);
  return {
    all: findPublicationGap(countParties(quotes)),
    usd: inUsd.length === 0 ? null : findPublicationGap(countParties(inUsd)),
  };
}
