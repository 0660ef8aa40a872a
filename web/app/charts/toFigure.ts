import { type FigureUnit, formatFigure, type ShownFigure } from '../formatFigure.js';
import { type Spark, type SparkPoint, toSpark } from './toSpark.js';

export interface FigureSeries {
  readonly subject: string;
  readonly reason: string | null;
  readonly metric: {
    readonly id: string;
    readonly title: string;
    readonly unit: string;
    readonly token: 'work' | 'stake' | null;
    readonly value: string;
    readonly better: string | null;
    readonly definition: string;
  };
  readonly points: readonly (SparkPoint & {
    readonly samples: string;
    readonly coverage: string | null;
    readonly reason: string | null;
  })[];
}

/** A series as a tile shows it: its last bucket that is over, how that compares, and a line of all. */
export interface Figure {
  readonly metric: Pick<FigureSeries['metric'], 'id' | 'title' | 'definition'>;
  readonly subject: string;
  readonly last: LastFigure | null;
  /** Why there is none. */
  readonly reason: string | null;
  readonly change: Change | null;
  readonly spark: FigureSpark | null;
}

export interface FigureSpark extends Spark {
  /** First and last day of the line. */
  readonly since: string;
  readonly until: string;
  /** Its least and its most, as they are shown. */
  readonly least: string;
  readonly most: string;
}

export interface LastFigure extends ShownFigure {
  readonly from: string;
  /** Whether it is of the last bucket that is over. */
  readonly isNewest: boolean;
  readonly samples: string;
  /** As they are shown; null: nothing says how sure it is. */
  readonly bounds: { readonly low: string; readonly high: string } | null;
  /** Share of what it rests on that is known, where that is not all of it. */
  readonly coverage: number | null;
}

export interface Change {
  /** With its sign. */
  readonly text: string;
  /** Shares differ by points, all else by a share of what it was. */
  readonly in: 'points' | 'percent';
  /** Since when. */
  readonly from: string;
  /** Whether that is good for a buyer; null: neither. */
  readonly isBetter: boolean | null;
}

export interface FigureOptions {
  readonly interval: Interval;
  /** Where the last bucket that is over begins; absent: with the last one there is. */
  readonly newest?: string | undefined;
  readonly tokens: { readonly work: FigureUnit['token']; readonly stake: FigureUnit['token'] };
}

export type Interval = 'hour' | 'day' | 'week' | 'month';

const steps: Readonly<Record<Interval, number>> = { hour: 3_600, day: 86_400, week: 604_800, month: 2_678_400 };
/** How many buckets before the last one it is compared with: a day, a week, four weeks, a year. */
const spans: Readonly<Record<Interval, number>> = { hour: 24, day: 7, week: 4, month: 12 };

/** Of series that are asked for together: what is older than the newest of all says so. */
export function toFigures(all: readonly FigureSeries[], options: Omit<FigureOptions, 'newest'>): readonly Figure[] {
  const closed = all.flatMap(({ points }) => points.filter(({ inProgress }) => !inProgress).at(-1)?.from ?? []);
  const newest = closed.sort().at(-1);
  return all.map((series) => toFigure(series, { ...options, newest }));
}

export function toFigure(series: FigureSeries, { interval, tokens, newest }: FigureOptions): Figure {
  const { metric, points } = series;
  const unit = { unit: metric.unit, token: metric.token ? tokens[metric.token] : null };
  const closed = points.filter(({ inProgress }) => !inProgress);
  const known = closed.filter(({ value }) => value !== null);
  const last = known.at(-1);
  const spark = toSpark(points, { step: steps[interval], fromZero: metric.value === 'sum' });
  return {
    metric: { id: metric.id, title: metric.title, definition: metric.definition },
    subject: series.subject,
    last: last ? { ...toLast(last, unit), isNewest: newest === undefined || last.from === newest } : null,
    reason: last ? null : (series.reason ?? closed.at(-1)?.reason ?? null),
    change: last ? toChange(last, { closed, metric, interval }) : null,
    spark: spark && toFigureSpark(points, { unit, spark }),
  };
}

function toLast(point: FigureSeries['points'][number], unit: FigureUnit): Omit<LastFigure, 'isNewest'> {
  const { low, high, coverage } = point;
  const show = (value: string) => formatFigure(value, unit).text;
  return {
    ...formatFigure(point.value ?? '0', unit),
    ...{ from: point.from, samples: point.samples },
    bounds: low === null || high === null ? null : { low: show(low), high: show(high) },
    coverage: coverage === null || Number(coverage) >= 1 ? null : Number(coverage),
  };
}

/** Against the bucket as many before it as people think in; null where that one has no figure. */
function toChange(
  last: FigureSeries['points'][number],
  {
    closed,
    metric,
    interval,
  }: { readonly closed: FigureSeries['points']; readonly metric: FigureSeries['metric']; readonly interval: Interval },
): Change | null {
  const wanted = Date.parse(last.from) - spans[interval] * steps[interval] * 1_000;
  const slack = interval === 'month' ? steps.month * 500 : 0;
  const before = closed.find(({ from, value }) => value !== null && Math.abs(Date.parse(from) - wanted) <= slack);
  if (!before) return null;
  const [now, then] = [Number(last.value), Number(before.value)];
  const difference = now - then;
  const isShare = metric.unit === 'ratio';
  const text = isShare ? toSigned(difference * 100) : toPercent(difference, then);
  if (text === null) return null;
  const isBetter = metric.better === null || text === '±0' ? null : (metric.better === 'higher') === difference > 0;
  return { text, in: isShare ? 'points' : 'percent', from: before.from, isBetter };
}

/** Null from nothing: any change is without end then. */
function toPercent(difference: number, then: number): string | null {
  if (then === 0) return difference === 0 ? '±0' : null;
  return toSigned((difference / Math.abs(then)) * 100);
}

function toSigned(value: number): string {
  const size = Math.abs(value);
  const text = size >= 100 ? size.toFixed(0) : size.toFixed(1);
  if (Number(text) === 0) return '±0';
  return `${value > 0 ? '+' : '−'}${text}`;
}

function toFigureSpark(
  points: FigureSeries['points'],
  { unit, spark }: { readonly unit: FigureUnit; readonly spark: Spark },
): FigureSpark {
  const known = points.filter(({ value, inProgress }) => value !== null && !inProgress);
  const values = known.map(({ value }) => Number(value));
  const show = (value: number) => {
    const { text, unit: name } = formatFigure(toPlain(value), unit);
    return name ? `${text} ${name}` : text;
  };
  return {
    ...spark,
    ...{ since: known[0]?.from.slice(0, 10) ?? '', until: known.at(-1)?.from.slice(0, 10) ?? '' },
    ...{ least: show(Math.min(...values)), most: show(Math.max(...values)) },
  };
}

/** Without an exponent, which no decimal has. */
export function toPlain(value: number): string {
  return Math.abs(value) >= 1e21 ? BigInt(value).toString() : value.toFixed(12).replace(/\.?0+$/, '');
}
