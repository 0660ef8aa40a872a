import { groupByTime, type Observation } from './observations.js';

export interface SurvivalPoint {
  readonly t: number;
  readonly atRisk: number;
  readonly events: number;
  /** Share that goes on beyond `t`. */
  readonly survival: number;
  /** Greenwood's standard error of it. */
  readonly standardError: number;
}

export interface Survival {
  /** At each time at which something ended, ascending. */
  readonly points: readonly SurvivalPoint[];
  /** First time by which half have ended; null: fewer have. */
  readonly median: number | null;
}

/**
 * Kaplan and Meier's estimate of how long things go on, where some are not over yet or were given up: those count as at risk until
 * then, also at a time at which others end (JASA 53, 1958; Greenwood 1926; `JOB-02`). To leave them out would hide what hangs.
 */
export function kaplanMeier(observations: readonly Observation[]): Survival {
  const points: SurvivalPoint[] = [];
  let survival = 1;
  let variance = 0;
  for (const { t, atRisk, ends } of groupByTime(observations)) {
    const events = ends.size === 0 ? 0 : [...ends.values()].reduce((sum, count) => sum + count, 0);
    if (events === 0) continue;
    survival *= 1 - events / atRisk;
    // Greenwood's term is without bound where nothing is left, and the estimate zero.
    if (events < atRisk) variance += events / (atRisk * (atRisk - events));
    points.push({ t, atRisk, events, survival, standardError: survival * Math.sqrt(variance) });
  }
  return { points, median: points.find((point) => point.survival <= HALF)?.t ?? null };
}

/** A product of quotients that is exactly a half may come out a trace above it. */
const HALF = 0.5 + 1e-12;
