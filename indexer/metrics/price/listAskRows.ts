import { type AskBook, createAskBook } from '../../../schema/metrics/formulas/price/askBook.js';
import { medianPrice } from '../../../schema/metrics/formulas/price/averagePrices.js';
import { toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { FamilyRow } from '../families.js';
import { type Detail, type PricedTrade, type Scope, toFigureRow, toGapRow } from './figures.js';
import type { Quote } from './findQuote.js';

/** Figures of what is asked for a GPU-hour at the end of the day; none where nobody asks. */
export function listAskRows(scope: Scope, asks: readonly Quote[]): readonly FamilyRow[] {
  if (asks.length === 0) return [];
  const { live, detail } = findLive(asks);
  const free = live.filter(({ isBusy }) => !isBusy);
  if (live.length === 0) {
    return ASK_METRICS.map((metric) => toGapRow(scope, { metric, n: 0, reason: 'noneOnline', detail }));
  }
  return [
    toFigureRow(scope, { metric: 'price.ask', quotes: live, make: (priced) => toBook(priced).best, detail }),
    toFigureRow(scope, {
      ...{ metric: 'price.askSupplyWeighted', quotes: live, detail },
      make: (priced) => toBook(priced).supplyWeighted,
    }),
    toRentRow(scope, { need: 8, free, detail }),
    toRentRow(scope, { need: 64, free, detail }),
  ];
}

const ASK_METRICS = ['price.ask', 'price.askSupplyWeighted', 'price.rent8', 'price.rent64'];

interface Live {
  readonly live: readonly Quote[];
  readonly detail: Detail;
}

/**
 * Asks of machines that are there. Where at least half of the machines on offer are heard, a silent one is not there; where
 * fewer send heartbeats, silence says nothing, and only what is known to be down is left out.
 */
export function findLive(asks: readonly Quote[]): Live {
  const offline = asks.filter(({ isOnline }) => isOnline === false).length;
  const unheard = asks.filter(({ isOnline }) => isOnline === null).length;
  const isMeasured = 2 * (asks.length - unheard) >= asks.length;
  return {
    live: asks.filter(({ isOnline }) => isOnline ?? !isMeasured),
    detail: { offers: asks.length, offline, unheard, presence: isMeasured ? 'measured' : 'notMeasured' },
  };
}

export function toBook(priced: readonly PricedTrade[]): AskBook {
  return createAskBook(priced.map(({ price, provider, quote }) => ({ price, provider, gpus: quote.gpus })));
}

function toRentRow(
  scope: Scope,
  { need, free, detail }: { readonly need: number; readonly free: readonly Quote[]; readonly detail: Detail },
): FamilyRow {
  const metric = `price.rent${need}`;
  const depth = free.reduce((sum, { gpus }) => sum + gpus, 0);
  if (depth < need) {
    return toGapRow(scope, { metric, n: free.length, reason: 'tooFewGpus', detail: { ...detail, depth } });
  }
  const row = toFigureRow(scope, {
    ...{ metric, quotes: free },
    make: (priced) => toBook(priced).rent(need)?.hourlyCost ?? null,
  });
  const rent = row.num === null ? null : toBook(toUsdTrades(free)).rent(need);
  const prices = rent && {
    averagePrice: toFixedText(rent.averagePrice),
    marginalPrice: toFixedText(rent.marginalPrice),
  };
  return { ...row, detail: { ...detail, depth, ...prices, ...row.detail } };
}

function toUsdTrades(quotes: readonly Quote[]): readonly PricedTrade[] {
  return quotes.flatMap((quote) =>
    quote.usd === null
      ? []
      : [{ price: quote.usd, quantity: quote.quantity, provider: quote.provider, buyer: quote.buyer, quote }],
  );
}

/** What buyers offer for a GPU-hour. */
export function listBidRows(scope: Scope, bids: readonly Quote[]): readonly FamilyRow[] {
  if (bids.length === 0) return [];
  return [toFigureRow(scope, { metric: 'price.bid', quotes: bids, make: medianPrice })];
}
