import { type FigureUnit, formatFigure } from '../formatFigure.js';
import { type FigureSeries, type FigureSpark, type Interval, type LastFigure, toFigure, toPlain } from './toFigure.js';
import { toCommonEdges, toSpark } from './toSpark.js';

/** One of several small lines that are read against each other. */
export interface Multiple {
  readonly subject: string;
  readonly name: string;
  readonly last: LastFigure | null;
  readonly reason: string | null;
  readonly spark: FigureSpark | null;
}

/** Small lines of one figure, all on one scale from nothing to the most of them. */
export interface Multiples {
  readonly metric: { readonly id: string; readonly title: string; readonly definition: string };
  /** Where the scale ends, as it is shown. */
  readonly upTo: string;
  readonly items: readonly Multiple[];
}

export interface NamedSeries extends FigureSeries {
  readonly name: string;
  readonly tokens: { readonly work: FigureUnit['token']; readonly stake: FigureUnit['token'] };
}

const STEP_SECONDS: Readonly<Record<Interval, number>> = { hour: 3_600, day: 86_400, week: 604_800, month: 2_678_400 };

/** Null where none of them has a figure. */
export function toMultiples(all: readonly NamedSeries[], interval: Interval): Multiples | null {
  const [first] = all;
  const edges = toCommonEdges(all.map(({ points }) => points));
  if (!first || !edges) return null;
  const newest = new Date(edges.newest).toISOString();
  const items = all.map((series): Multiple => {
    const { subject, name, tokens, points } = series;
    const { last, reason, spark } = toFigure(series, { interval, tokens, newest });
    const drawn = toSpark(points, { step: STEP_SECONDS[interval], fromZero: true, edges });
    return { subject, name, last, reason, spark: spark && drawn ? { ...spark, ...drawn } : null };
  });
  const { id, title, definition, unit, token } = first.metric;
  const { text, unit: name } = formatFigure(toPlain(edges.to), { unit, token: token ? first.tokens[token] : null });
  return { metric: { id, title, definition }, upTo: name ? `${text} ${name}` : text, items };
}
