import { cleanTrades } from '../../../schema/metrics/formulas/price/cleanTrades.js';
import { findPublicationGap, type PublicationGap } from '../../../schema/metrics/formulas/price/findPublicationGap.js';
import { isTrade } from '../../../schema/metrics/formulas/price/Trade.js';
import { remember } from './figures.js';
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
  const cleaned = cleanTrades(given, ({ quote }) => quote.isRemoved);
  const clean = cleaned.clean.map(({ quote }) => quote);
  return {
    trades: given.filter(isTrade).map(({ quote }) => quote),
    clean,
    // Most markets are above no cap: then these are the same ones, and what is made of them is made once.
    capped: cleaned.capped === cleaned.clean ? clean : cleaned.capped.map(toCapped),
    removedShare: cleaned.removedShare,
  };
}

function toCapped({ quote, quantity }: { readonly quote: Quote; readonly quantity: bigint }): Quote {
  return quantity === quote.quantity ? quote : { ...quote, quantity };
}

export interface Parties {
  readonly trades: number;
  readonly providers: number;
  readonly buyers: number;
}

/** Providers of one owner are one. */
export const countParties = remember((quotes: readonly Quote[]): Parties => {
  const [providers, buyers] = [new Set<string>(), new Set<string>()];
  for (const { party, buyer } of quotes) {
    providers.add(party);
    buyers.add(buyer);
  }
  return { trades: quotes.length, providers: providers.size, buyers: buyers.size };
});

/** Why trades give no figure that is published; `usd` the same of those whose worth in USD is known, where any is. */
export function findGaps(quotes: readonly Quote[]): {
  readonly all: PublicationGap | null;
  readonly usd: PublicationGap | null;
} {
  const all = findPublicationGap(countParties(quotes));
  const inUsd = quotes.filter(({ usd }) => usd !== null);
  if (inUsd.length === quotes.length && inUsd.length > 0) return { all, usd: all };
  return { all, usd: inUsd.length === 0 ? null : findPublicationGap(countParties(inUsd)) };
}
