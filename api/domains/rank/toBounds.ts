import type { SuccessBound } from '../../../schema/metrics/formulas/rank/boundSuccess.js';
import { outageStatistics } from '../../../schema/metrics/formulas/reliability/outageStatistics.js';
import type { AvailabilityLowerBound, SuccessLowerBound } from './Bounds.js';
import type { RecordRow } from './rankQueries.js';

const DAYS = 30;
const SLOTS_PER_HOUR = 60;

export function toSuccess(
  bound: SuccessBound,
  { attempts, succeeded, daysWithAttempts }: RecordRow,
): SuccessLowerBound {
  return {
    ...{ ...bound, attempts: Number(attempts ?? 0), succeeded: Number(succeeded ?? 0) },
    ...{ days: daysWithAttempts, ofDays: DAYS },
  };
}

/** Null: no heartbeats. */
export function toAvailability(record: RecordRow): AvailabilityLowerBound | null {
  const { nodes, lower, effectiveN, known, expected, windowEnd } = record;
  if (nodes === null) return null;
  const coverage = known !== null && expected !== null && expected > 0 ? known / expected : null;
  return { lower, effectiveN, coverage, nodes, to: windowEnd };
}

/** Hours between outages of one machine at least, and hours down for each that ended; null: nobody knows how they break off. */
export function toMtbf(record: RecordRow): { readonly mtbfHours: number; readonly restartHours: number } | null {
  const { up, failures, repairs, outageDown } = record;
  if (up === null || failures === null || repairs === null || outageDown === null) return null;
  const down = outageDown / SLOTS_PER_HOUR;
  const { mtbfLow, mtbfLower95, mttrExposure } = outageStatistics({
    ...{ up: up / SLOTS_PER_HOUR, down, failures, repairs, repairedDown: 0 },
  });
  const mtbfHours = mtbfLow ?? mtbfLower95;
  // Where none has ended, one takes as long at least.
  return mtbfHours === null ? null : { mtbfHours, restartHours: mttrExposure ?? down };
}
