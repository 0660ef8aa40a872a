import type { AppLoadContext } from '@remix-run/node';
import { toEarnedDays } from '../toEarnings.js';
import { toPriceHistory } from '../toPriceHistory.js';
import { ask } from './ask.js';
import { providerPastQuery } from './providerQueries.js';

/** A quarter, and the rest of the week that it begins in. */
const DAYS = 97;
/** Of a provider that prices many things apart, those with most prices. */
const MOST_HISTORIES = 3;

/** A provider's outages, prices by day, and what it earned; of thousands of prices only what a page draws. */
export async function findPast(context: AppLoadContext, id: string) {
  const past = await ask(context, providerPastQuery, { id, days: DAYS });
  const { advertised, bid, settled, paid, paidUsd, payouts, outages } = past;
  return {
    outages,
    prices: toPriceHistory([...advertised, ...bid, ...settled]).slice(0, MOST_HISTORIES),
    earned: toEarnedDays(paid?.points ?? [], paidUsd?.points ?? [], payouts),
  };
}
