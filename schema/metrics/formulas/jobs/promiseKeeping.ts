import { assert } from '../../../lib/assert.js';
import { median } from '../statistics/median.js';

export interface PromisedTask {
  /** How long it was to take; any unit, the same for all. */
  readonly promised: number;
  /** How long it took; null: it has not ended. */
  readonly actual: number | null;
  /** How long it has been running, of one that has not ended. */
  readonly running: number | null;
}

export interface PromiseKeeping {
  /** Ended, or late already. */
  readonly decided: number;
  readonly onTime: number;
  readonly onTimeRate: number | null;
  /** Of actual to promised, of those that ended. */
  readonly medianRatio: number | null;
  /** The same as a geometric mean; those that took no time, or were promised in none, have no part in it. */
  readonly meanRatio: number | null;
}

/**
 * How many promises were kept, and how long things took by what was promised (`JOB-05`). One that runs past its promise has missed
 * it already; one that runs within it says nothing yet.
 */
export function promiseKeeping(tasks: readonly PromisedTask[]): PromiseKeeping {
  let [decided, onTime] = [0, 0];
  const ratios: number[] = [];
  for (const { promised, actual, running } of tasks) {
    assert(promised >= 0 && (actual ?? 0) >= 0, `times of zero or more, got ${promised} and ${actual}`);
    if (actual !== null) {
      decided += 1;
      if (actual <= promised) onTime += 1;
      if (promised > 0) ratios.push(actual / promised);
    } else if (running !== null && running > promised) {
      decided += 1;
    }
  }
  return {
    ...{ decided, onTime },
    onTimeRate: decided === 0 ? null : onTime / decided,
    medianRatio: median(ratios),
    meanRatio: toGeometricMean(ratios.filter((ratio) => ratio > 0)),
  };
}

function toGeometricMean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
