import { toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { PartiedTrade } from '../../../schema/metrics/formulas/price/Trade.js';
import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { FamilyRow } from '../families.js';
import type { Quote } from './findQuote.js';

/** A subject on a day, and what was traded and asked for there. */
export interface Scope {
  readonly kind: SubjectKind;
  readonly subject: string;
  /** The day's first. */
  readonly hour: number;
}

/** A quote in one currency, as the formulas take it. */
export interface PricedTrade extends PartiedTrade {
  readonly quote: Quote;
}

export type Detail = Readonly<Record<string, unknown>>;

/** What a figure is in a currency; null: it has none there. */
export type MakeFigure = (trades: readonly PricedTrade[]) => bigint | null;

/**
 * The same figure in USD and in the token: the first is the row's number, the second stands beside it, so that it stays where
 * nobody knows what the token was worth.
 */
export function toFigure(
  quotes: readonly Quote[],
  make: MakeFigure,
  /** Why there is none where `make` has nothing to say, although USD are known. */
  gap = 'noTrades',
): { readonly num: string | null; readonly detail: Detail } {
  const inUsd = listInUsd(quotes);
  const usd = inUsd.length === 0 ? null : make(inUsd);
  const token = quotes[0]?.token;
  const isOfOne = token !== undefined && quotes.every((quote) => quote.token === token);
  const inToken = isOfOne ? make(listInToken(quotes)) : null;
  const missing = quotes.length - inUsd.length;
  return {
    num: usd === null ? null : toFixedText(usd),
    detail: {
      ...(inToken === null ? {} : { token, inToken: toFixedText(inToken) }),
      ...(missing > 0 ? { withoutUsd: missing } : {}),
      ...(usd === null ? { reason: (inUsd.length === 0 ? quotes[0]?.usdGap : null) ?? gap } : {}),
    },
  };
}

/** Of those whose worth in USD is known. */
export const listInUsd = remember((quotes: readonly Quote[]): readonly PricedTrade[] => {
  const trades: PricedTrade[] = [];
  for (const quote of quotes) if (quote.usd !== null) trades.push(toTrade(quote, quote.usd));
  return trades;
});

export const listInToken = remember((quotes: readonly Quote[]): readonly PricedTrade[] =>
  quotes.map((quote) => toTrade(quote, quote.inToken)),
);

/** A pure function of a list that never changes, made once for as long as the list lives: several figures are of the same quotes. */
export function remember<Item, Result extends object>(
  make: (items: readonly Item[]) => Result,
): (items: readonly Item[]) => Result {
  const known = new WeakMap<readonly Item[], Result>();
  return (items) => {
    const before = known.get(items);
    if (before !== undefined) return before;
    const made = make(items);
    known.set(items, made);
    return made;
  };
}

function toTrade(quote: Quote, price: bigint): PricedTrade {
  const { provider, buyer, quantity } = quote;
  return { price, quantity, provider, buyer, quote };
}

/** A row of a figure that is made in both currencies. */
export function toFigureRow(
  scope: Scope,
  {
    metric,
    quotes,
    make,
    gap,
    detail = {},
  }: {
    readonly metric: string;
    readonly quotes: readonly Quote[];
    readonly make: MakeFigure;
    readonly gap?: string;
    readonly detail?: Detail;
  },
): FamilyRow {
  const figure = toFigure(quotes, make, gap);
  return toRow(scope, { metric, n: quotes.length, num: figure.num, detail: { ...detail, ...figure.detail } });
}

/** A row with the reason where it has no number. */
export function toRow(
  { kind, subject, hour }: Scope,
  {
    metric,
    n,
    num,
    detail,
  }: {
    readonly metric: string;
    readonly n: number;
    readonly num: string | null;
    readonly detail?: Detail;
  },
): FamilyRow {
  return {
    metric,
    kind,
    subject,
    hour,
    num,
    den: null,
    n,
    ...(detail && Object.keys(detail).length > 0 ? { detail } : {}),
  };
}

/** A row of something that is not published: neither in USD nor in the token. */
export function toGapRow(
  scope: Scope,
  {
    metric,
    n,
    reason,
    detail = {},
  }: {
    readonly metric: string;
    readonly n: number;
    readonly reason: string;
    readonly detail?: Detail;
  },
): FamilyRow {
  return toRow(scope, { metric, n, num: null, detail: { ...detail, reason } });
}
