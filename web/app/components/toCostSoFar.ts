import { toProduct } from '../format.js';
import { key } from '../i18n/text.js';

export interface CostedJob {
  readonly price: { readonly amount: string; readonly unit: string } | null;
  readonly tasksCompleted: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly runsOutAt: string | null;
  readonly network: { readonly recorded: boolean };
}

export interface CostSoFar {
  /** In base units of the price. */
  readonly amount: string;
  /** How it was reckoned: a text of the catalogue. */
  readonly meaning: string;
}

/**
 * What a job has come to by now: by the tasks that were completed, or by the clock where time is paid for, up to its end or to
 * the end of its deposit. Undefined where the price is for something nobody counts.
 */
export function toCostSoFar(job: CostedJob, now: string): CostSoFar | undefined {
  const { price, tasksCompleted, createdAt, endedAt, runsOutAt, network } = job;
  if (price?.unit === 'task') {
    return {
      amount: toProduct(price.amount, tasksCompleted),
      meaning: key('The price times the tasks that were completed; a failed task costs nothing'),
    };
  }
  if (price?.unit !== 'second' || network.recorded) return undefined;
  const to = [endedAt ?? now, runsOutAt ?? now].sort()[0] ?? now;
  const seconds = Math.max(0, Math.floor((Date.parse(to) - Date.parse(createdAt)) / 1_000));
  return {
    amount: toProduct(price.amount, seconds),
    meaning: key('The present rate times the time since it was agreed; it may have been another rate before'),
  };
}
