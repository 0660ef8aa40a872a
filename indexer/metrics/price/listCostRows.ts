import { volumeWeightedPrice } from '../../../schema/metrics/formulas/price/averagePrices.js';
import { costPerSuccess } from '../../../schema/metrics/formulas/price/costPerSuccess.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import { wilsonInterval } from '../../../schema/metrics/formulas/statistics/wilsonInterval.js';
import type { FamilyRow } from '../families.js';
import { listInUsd, type PricedTrade, type Scope, toFigure, toRow } from './figures.js';
import type { Quote } from './findQuote.js';
import { findLive, toBook } from './listAskRows.js';
import { type DayOfMachines, toLongJob } from './toLongJob.js';

/** How a subject's attempts went over thirty days. */
export interface SuccessRecord {
  readonly succeeded: number;
  readonly attempts: number;
}

/**
 * What an hour that succeeds costs at a provider, or on a class of hardware: its live asks weighted by GPUs, else the average of
 * the day's trades, over the lower bound of its success; so who has proven little looks dear (`PRC-07`, with φ = 1). Beside it what an
 * hour of a long job costs at that price, where it is known how machines break off: attempts that failed are no part of that, for some
 * of them are the same outages.
 */
export function listCostRows(
  scope: Scope,
  {
    asks,
    trades,
    record,
    machines,
  }: {
    readonly asks: readonly Quote[];
    readonly trades: readonly Quote[];
    readonly record: SuccessRecord;
    /** Of the class of hardware on the day; null: nobody heard them. */
    readonly machines: DayOfMachines | null;
  },
): readonly FamilyRow[] {
  const { live } = findLive(asks);
  const isAsked = live.length > 0;
  const quotes = isAsked ? live : trades.filter(({ isRemoved }) => !isRemoved);
  if (quotes.length === 0 || record.attempts === 0) return [];
  const success = roundHalfEven(wilsonInterval({ successes: record.succeeded, n: record.attempts }).lower);
  const toPrice = (priced: readonly PricedTrade[]) =>
    isAsked ? toBook(priced).supplyWeighted : volumeWeightedPrice(priced);
  const make = (priced: readonly PricedTrade[]) => {
    const price = toPrice(priced);
    return price === null ? null : costPerSuccess(price, { success, failedShare: '1' });
  };
  const { num, detail } = toFigure(quotes, make, 'noSuccess');
  const longJob = machines && toLongJob(machines, toPrice(listInUsd(quotes)));
  const known = { success, ...record, priceOf: isAsked ? 'ask' : 'settled', ...(longJob ? { longJob } : {}) };
  return [
    toRow(scope, { metric: 'price.costPerSuccessfulHour', n: record.attempts, num, detail: { ...known, ...detail } }),
  ];
}
