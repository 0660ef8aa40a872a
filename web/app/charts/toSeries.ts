import type { Interval } from './toFigure.js';

/** A figure of one bucket of time, as decimals. */
export interface SeriesPoint {
  /** Where its bucket begins. */
  readonly from: string;
  readonly value: string | null;
  readonly low?: string | null;
  readonly high?: string | null;
  readonly inProgress: boolean;
}

export interface Line {
  readonly label: string;
  readonly points: readonly SeriesPoint[];
  /** Custom property that holds its colour; absent: the next one of the scale. */
  readonly colour?: string;
}

/** What a chart draws. Plain numbers: a pixel needs no more precision, and the table has the exact ones. */
export interface Series {
  /** The buckets, oldest first and each at its place: one without a figure is among them. */
  readonly labels: readonly string[];
  readonly lines: readonly DrawnLine[];
  readonly shape: 'line' | 'bars';
  /** The bucket that is not over. */
  readonly openIndex: number | undefined;
  readonly interval: Interval;
}

export interface DrawnLine {
  readonly label: string;
  /** Custom property that holds the colour. */
  readonly colour: string;
  /** Null: a gap. */
  readonly values: readonly (number | null)[];
  /** How sure the figures are, or between what others lie; null: nothing says. */
  readonly band: { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] } | null;
}

export interface SeriesOptions {
  readonly interval: Interval;
  /** Bars stand on zero, and several are stacked. */
  readonly shape: 'line' | 'bars';
  /** What the bucket that is not over is called. */
  readonly toOpenLabel: (label: string) => string;
  /** What one drawn unit is, in the unit of the points: 3600 draws GPU-seconds as GPU-hours. */
  readonly per?: number;
}

/** Told apart with every common colour blindness; each has dashes of its own besides. */
export const scale = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6'] as const;

/** Of figures over time what a chart draws: buckets that are missing become gaps, never zeros. */
export function toSeries(lines: readonly Line[], options: SeriesOptions): Series {
  const { interval, shape, toOpenLabel, per = 1 } = options;
  const begins = listBegins(
    lines.flatMap(({ points }) => points.map(({ from }) => Date.parse(from))),
    interval,
  );
  const open = new Set(
    lines.flatMap(({ points }) => points.flatMap(({ from, inProgress }) => (inProgress ? Date.parse(from) : []))),
  );
  const openIndex = begins.findIndex((begin) => open.has(begin));
  return {
    labels: begins.map((begin, index) => {
      const label = toBucketLabel(new Date(begin).toISOString(), interval);
      return index === openIndex ? toOpenLabel(label) : label;
    }),
    lines: lines.map((line, at) => toLine(line, { begins, per, colour: scale[at % scale.length] ?? scale[0] })),
    ...{ shape, interval, openIndex: openIndex === -1 ? undefined : openIndex },
  };
}

/** `2026-11-21 05:00` of an hour, `2026-11` of a month, else the day it begins on; all UTC. */
export function toBucketLabel(from: string, interval: Interval): string {
  if (interval === 'hour') return `${from.slice(0, 10)} ${from.slice(11, 16)}`;
  return from.slice(0, interval === 'month' ? 7 : 10);
}

const steps = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** From the first to the last, one after the other. Times that stand beside the grid, which no API gives, are kept. */
function listBegins(times: readonly number[], interval: Interval): readonly number[] {
  const known = [...new Set(times)].sort((one, other) => one - other);
  const all = new Set(known);
  for (const [at, begin] of known.entries()) {
    const end = known[at + 1] ?? begin;
    for (let next = toNext(begin, interval); next < end; next = toNext(next, interval)) all.add(next);
  }
  return [...all].sort((one, other) => one - other);
}

function toNext(begin: number, interval: Interval): number {
  if (interval !== 'month') return begin + steps[interval];
  const date = new Date(begin);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function toLine(
  { label, points, colour: own }: Line,
  { begins, per, colour }: { readonly begins: readonly number[]; readonly per: number; readonly colour: string },
): DrawnLine {
  const byBegin = new Map(points.map((point) => [Date.parse(point.from), point]));
  const read = (find: (point: SeriesPoint) => string | null | undefined) =>
    begins.map((begin) => {
      const point = byBegin.get(begin);
      const text = point && find(point);
      return text === null || text === undefined ? null : Number(text) / per;
    });
  const hasBand = points.some(({ low, high }) => (low ?? null) !== null || (high ?? null) !== null);
  return {
    ...{ label, colour: own ?? colour, values: read(({ value }) => value) },
    // Of one side alone the figure itself is the other.
    band: hasBand
      ? {
          low: read(({ value, low }) => (value === null ? null : (low ?? value))),
          high: read(({ value, high }) => (value === null ? null : (high ?? value))),
        }
      : null,
  };
}
