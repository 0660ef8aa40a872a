import { roundHalfEven } from '../statistics/roundHalfEven.js';
import { expectedHoursFromScratch, type LongJob } from './expectedHours.js';

/**
 * How many hours are paid for each hour of a long job that is of use, where every outage loses all that was done (`PRC-07`); a decimal, so
 * that money is multiplied exactly. Null: no such machine, or more than anybody would pay.
 */
export function longJobFactor(job: LongJob): string | null {
  const hours = expectedHoursFromScratch(job);
  if (hours === null || hours / job.jobHours >= MAX_FACTOR) return null;
  return roundHalfEven(hours / job.jobHours, DECIMALS);
}

const MAX_FACTOR = 1e6;
const DECIMALS = 12;
