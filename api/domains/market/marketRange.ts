import { UserError } from '../../../schema/lib/errors.js';
import type { Interval } from './Market.js';

/** Buckets that begin at `from` or later, and before `to`. */
export interface MarketRange {
  readonly from: Date;
  readonly to: Date;
  /** How many there are at most. */
  readonly buckets: number;
}

/** Seconds; a month has at least so many. */
const SECONDS: Readonly<Record<Interval, number>> = {
  hour: 3_600,
  day: 86_400,
  week: 7 * 86_400,
  month: 28 * 86_400,
};

/** How many buckets there are where nobody says from when on. */
const USUAL: Readonly<Record<Interval, number>> = { hour: 48, day: 30, week: 26, month: 24 };

/** Up to the end of the bucket that runs, where nothing else is said. Throws where the end is not behind the beginning. */
export function toMarketRange(
  asked: { readonly from: Date | null; readonly to: Date | null; readonly interval: Interval },
  now: Date,
): MarketRange {
  const { interval } = asked;
  const to = asked.to ?? toEnd(now, interval);
  const from = asked.from ?? toUsualBegin(to, interval);
  if (from >= to) {
    throw new UserError(`Expected \`from\` to lie before \`to\`, got ${from.toISOString()} and ${to.toISOString()}.`);
  }
  return { from, to, buckets: Math.ceil((to.getTime() - from.getTime()) / 1_000 / SECONDS[interval]) };
}

function toUsualBegin(to: Date, interval: Interval): Date {
  const from = new Date(to);
  if (interval === 'month') from.setUTCMonth(from.getUTCMonth() - USUAL.month);
  else from.setTime(from.getTime() - USUAL[interval] * SECONDS[interval] * 1_000);
  return new Date(Math.max(0, from.getTime()));
}

/** Where the bucket of a moment ends, UTC; weeks begin on Monday. */
function toEnd(moment: Date, interval: Interval): Date {
  const [year, month, date] = [moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()];
  switch (interval) {
    case 'hour':
      return new Date(Date.UTC(year, month, date, moment.getUTCHours() + 1));
    case 'day':
      return new Date(Date.UTC(year, month, date + 1));
    case 'week':
      return new Date(Date.UTC(year, month, date + 7 - ((moment.getUTCDay() + 6) % 7)));
    case 'month':
      return new Date(Date.UTC(year, month + 1, 1));
  }
}
