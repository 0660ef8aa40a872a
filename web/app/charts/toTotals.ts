import { addDecimals, divideDecimals } from './decimals.js';
import type { FigureSeries } from './toFigure.js';

export type AddedPoint = FigureSeries['points'][number] & {
  readonly numerator: string | null;
  readonly denominator: string | null;
};

export type AddedSeries = Omit<FigureSeries, 'points'> & { readonly points: readonly AddedPoint[] };

export interface Total {
  readonly series: FigureSeries;
  /** How many subjects are in it. */
  readonly of: number;
}

/**
 * One figure of several networks together: sums added, ratios of the sums; null where its buckets do not add up, such as those of a price.
 * It ends where the first of them does: what is not rolled yet would look like a fall.
 */
export function toTotal(all: readonly AddedSeries[], subject: string): Total | null {
  const [first] = all;
  if (!first || first.metric.value === 'computed') return null;
  // Base units of two tokens are two things.
  if (first.metric.unit === 'baseUnits' && all.length > 1) return null;
  const known = all.filter(({ points }) => points.some(({ value }) => value !== null));
  const end = known.map(({ points }) => points.at(-1)?.from ?? '').sort()[0] ?? '';
  const begins = new Set(known.flatMap(({ points }) => points.flatMap(({ from }) => (from <= end ? from : []))));
  const points = [...begins].sort().map((from) => {
    const own = known.flatMap((series) => series.points.find((point) => point.from === from) ?? []);
    return toPoint(from, own, first.metric.value === 'ratio');
  });
  const reason = known.length > 0 ? null : (all.find((series) => series.reason !== null)?.reason ?? null);
  return { series: { metric: first.metric, subject, reason, points }, of: known.length };
}

function toPoint(from: string, own: readonly AddedPoint[], isRatio: boolean): FigureSeries['points'][number] {
  const known = own.filter(({ value }) => value !== null);
  const numerator = addDecimals(known.map((point) => point.numerator ?? '0'));
  const denominator = addDecimals(known.map((point) => point.denominator ?? '0'));
  const value = known.length === 0 ? null : isRatio ? divideDecimals(numerator, denominator) : numerator;
  const covered = known.filter(({ coverage }) => coverage !== null);
  return {
    ...{ from, value, low: null, high: null },
    samples: addDecimals(own.map(({ samples }) => samples)),
    coverage: covered.length === 0 ? null : toCoverage(covered),
    inProgress: own.some(({ inProgress }) => inProgress),
    reason: value === null ? (own.find(({ reason }) => reason !== null)?.reason ?? null) : null,
  };
}

/** Each weighs by its samples: a network of one machine does not speak for one of a thousand. */
function toCoverage(points: readonly AddedPoint[]): string {
  const weights = points.map(({ samples }) => Math.max(1, Number(samples)));
  const sum = points.reduce((total, { coverage }, at) => total + Number(coverage) * (weights[at] ?? 0), 0);
  return String(sum / weights.reduce((total, weight) => total + weight, 0));
}
