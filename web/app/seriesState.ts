import type { Interval } from './charts/toFigure.js';
import { parseId, readChoice } from './listState.js';

/** What of a metric is shown, as its address says: whose, by which buckets, since when. Unknown values fall back, never fail. */
export interface SeriesState {
  /** `all` of every network; undefined: not said. */
  readonly subject: string | undefined;
  readonly interval: Interval;
  /** What can be chosen, the usual one first. */
  readonly intervals: readonly Interval[];
  /** Days; `custom`: from and to are named. */
  readonly range: string;
  readonly ranges: readonly string[];
  readonly from: string;
  /** Null: up to the bucket that runs. */
  readonly to: string | null;
  /** Nobody has named a time: who has no figures of late is shown with the last there are. */
  readonly isUsual: boolean;
}

export const EVERY_NETWORK = 'all';

/** How many days back, the usual one first. As many buckets as a table of them can be read. */
const ranges: Readonly<Record<Interval, readonly string[]>> = {
  hour: ['2', '7'],
  day: ['90', '30', '365'],
  week: ['182', '730'],
  month: ['730', '1825'],
};

const most: Readonly<Record<Interval, number>> = { hour: 10, day: 366, week: 1_830, month: 3_660 };

const DAY_MS = 86_400_000;

export interface SeriesChoices {
  readonly grains: readonly string[];
  /** How its buckets come to be: those that are computed do not add up to weeks. */
  readonly value: string;
  /** Whether weeks and months can be asked of the subject at all. */
  readonly addsUp: boolean;
  readonly now: Date;
}

export function readSeriesState(search: URLSearchParams, { grains, value, addsUp, now }: SeriesChoices): SeriesState {
  const own = (['day', 'hour'] as const).filter((grain) => grains.includes(grain));
  const isAdded = addsUp && grains.includes('day') && value !== 'computed';
  const intervals: readonly Interval[] = isAdded ? [...own, 'week', 'month'] : own;
  const interval = readChoice(search, 'interval', intervals) ?? intervals[0] ?? 'day';
  const subject = parseId(search.get('subject'));
  const choices = ranges[interval];
  const chosen = readChoice(search, 'range', choices);
  const custom = chosen ? null : readCustom(search, most[interval]);
  const state = { subject, interval, intervals, ranges: choices };
  if (custom) return { ...state, ...custom, range: 'custom', isUsual: false };
  const range = chosen ?? choices[0] ?? '90';
  const since = Math.floor((now.getTime() - Number(range) * DAY_MS) / DAY_MS) * DAY_MS;
  return { ...state, range, from: new Date(since).toISOString(), to: null, isUsual: chosen === undefined };
}

/** Days by their dates, `to` being the last one; null where they are none, or more than a page shows. */
function readCustom(search: URLSearchParams, days: number): { readonly from: string; readonly to: string } | null {
  const [from, to] = [readDay(search.get('from')), readDay(search.get('to'))];
  if (from === null || to === null || from > to || to - from >= days * DAY_MS) return null;
  return { from: new Date(from).toISOString(), to: new Date(to + DAY_MS).toISOString() };
}

function readDay(text: string | null): number | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time;
}
