import { divideHalfEven, ONE, parseFixed, toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import { longJobFactor } from '../../../schema/metrics/formulas/price/longJobFactor.js';
import { outageStatistics } from '../../../schema/metrics/formulas/reliability/outageStatistics.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';

/** How machines were there over the day, by figures of `reliability`: minutes, and how many outages began and ended. */
export interface DayOfMachines {
  readonly up: number;
  readonly down: number;
  readonly outages: number;
  readonly repairs: number;
}

export interface LongJobCost {
  readonly hours: number;
  /** The lower bound: who is known for a short time looks slow, and not fast. */
  readonly mtbfHours: string;
  readonly restartHours: string;
  /** Hours paid for each that is of use. */
  readonly factor: string;
  /** An hour of use, where the price is known in USD. */
  readonly usd?: string;
}

/** What an hour of a day's job costs where each outage begins it anew (metrics.md, A3.7); null: nobody knows how machines break off. */
export function toLongJob(day: DayOfMachines, usd: bigint | null): LongJobCost | null {
  const { up, down, outages: failures, repairs } = day;
  const statistics = outageStatistics({ up: up / 60, down: down / 60, failures, repairs, repairedDown: 0 });
  const mtbfHours = statistics.mtbfLow ?? statistics.mtbfLower95;
  if (mtbfHours === null) return null;
  const restartHours = statistics.mttrExposure ?? 0;
  const factor = longJobFactor({ jobHours: JOB_HOURS, mtbfHours, restartHours });
  if (factor === null) return null;
  return {
    hours: JOB_HOURS,
    mtbfHours: roundHalfEven(mtbfHours),
    restartHours: roundHalfEven(restartHours),
    factor,
    ...(usd === null ? {} : { usd: toFixedText(divideHalfEven(usd * parseFixed(factor), ONE)) }),
  };
}

/** A day, as the oracle has it. */
const JOB_HOURS = 24;
