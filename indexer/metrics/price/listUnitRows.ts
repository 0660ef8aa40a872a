import { medianPrice } from '../../../schema/metrics/formulas/price/averagePrices.js';
import type { FamilyRow } from '../families.js';
import { cleanQuotes, findGaps } from './cleanQuotes.js';
import { type Detail, type MakeFigure, type Scope, toFigure, toRow } from './figures.js';
import { type Quote, type QuoteUnit, quoteUnits } from './findQuote.js';
import { toBook } from './listAskRows.js';
import { toIndex } from './listSettledRows.js';

/**
 * Prices of what is not sold by the GPU-hour, each unit by itself. Where several things are priced by one unit (input and output
 * tokens, categories of tasks) no figure stands for all of them, and each has its own beside it.
 */
export function listUnitRows(scope: Scope, quotes: readonly Quote[]): readonly FamilyRow[] {
  const others = quotes.filter(({ unit, inToken }) => unit !== 'gpuHour' && inToken > 0n);
  if (others.length === 0) return [];
  return quoteUnits
    .filter((unit) => unit !== 'gpuHour')
    .flatMap((unit) =>
      parts.flatMap(({ part, name, make, needsParties }) => {
        const own = others.filter((quote) => quote.unit === unit && quote.part === part);
        const metric = `price.${name}Per${toName(unit)}`;
        return own.length === 0 ? [] : [toUnitRow(scope, { metric, quotes: own, make, needsParties })];
      }),
    );
}

/** `millionPixels` is `MillionPixels` within a name. */
export function toName(unit: QuoteUnit): string {
  return unit.charAt(0).toUpperCase() + unit.slice(1);
}

interface Part {
  readonly part: Quote['part'];
  readonly name: string;
  readonly make: MakeFigure;
  /** Whether it is published of several providers and buyers only. */
  readonly needsParties: boolean;
}

const parts: readonly Part[] = [
  { part: 'trade', name: 'settled', make: toIndex, needsParties: true },
  { part: 'ask', name: 'ask', make: (priced) => toBook(priced).best, needsParties: false },
  { part: 'bid', name: 'bid', make: medianPrice, needsParties: false },
];

type Asked = Pick<Part, 'make' | 'needsParties'> & { readonly quotes: readonly Quote[] };

function toUnitRow(scope: Scope, { metric, ...asked }: Asked & { readonly metric: string }): FamilyRow {
  const n = asked.quotes.length;
  const resources = groupBy(asked.quotes, ({ resource }) => resource);
  const [only, ...others] = [...resources.values()];
  if (only && others.length === 0) return toRow(scope, { metric, n, ...toGuarded({ ...asked, quotes: only }) });
  const most = [...resources].sort(compareResources).slice(0, MAX_RESOURCES);
  const figures = most.map(([resource, quotes]) => {
    const { num, detail } = toGuarded({ ...asked, quotes });
    return [resource, { n: quotes.length, usd: num, ...detail }];
  });
  const detail = { reason: 'severalResources', resources: Object.fromEntries(figures), count: resources.size };
  return toRow(scope, { metric, n, num: null, detail });
}

/** A price list of thousands of machines is not copied into each day. */
const MAX_RESOURCES = 50;

function compareResources(
  [one, ones]: [string, readonly Quote[]],
  [other, others]: [string, readonly Quote[]],
): number {
  return others.length - ones.length || (one < other ? -1 : 1);
}

function toGuarded({ quotes, make, needsParties }: Asked): { readonly num: string | null; readonly detail: Detail } {
  if (!needsParties) return toFigure(quotes, make);
  const { capped } = cleanQuotes(quotes);
  const gaps = findGaps(capped);
  if (gaps.all !== null) return { num: null, detail: { reason: gaps.all } };
  const { num, detail } = toFigure(capped, make);
  return gaps.usd === null ? { num, detail } : { num: null, detail: { ...detail, reason: gaps.usd } };
}

export function groupBy<T>(items: readonly T[], toKey: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = toKey(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
