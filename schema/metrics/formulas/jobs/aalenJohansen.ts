import { groupByTime, type Observation } from './observations.js';

export interface IncidencePoint {
  readonly t: number;
  /** Probability that it is complete by `t`, that it has failed by then, and that it goes on: they add up to one. */
  readonly complete: number;
  readonly fail: number;
  readonly running: number;
}

/**
 * Aalen and Johansen's cumulative incidence of completion and of failure, each of which ends the other's chance (1978; Putter,
 * Fiocco and Geskus 2007; `JOB-03`). One minus Kaplan and Meier's estimate for failures alone would overstate them. A point at each
 * time at which one ended or was lost sight of, ascending.
 */
export function aalenJohansen(observations: readonly Observation[]): readonly IncidencePoint[] {
  let [complete, fail, running] = [0, 0, 1];
  return groupByTime(observations).map(({ t, atRisk, ends }) => {
    const [completed, failed] = [ends.get('complete') ?? 0, ends.get('fail') ?? 0];
    complete += (running * completed) / atRisk;
    fail += (running * failed) / atRisk;
    running *= 1 - (completed + failed) / atRisk;
    return { t, complete, fail, running };
  });
}

/**
 * What is known of a time: by the last point up to it. Null: nothing is, for all that was looked at was looked at for less, and
 * some of it went on.
 */
export function findIncidence(points: readonly IncidencePoint[], t: number): IncidencePoint | null {
  const last = points.at(-1);
  if (!last || (last.t < t && last.running > 0)) return null;
  return points.findLast((point) => point.t <= t) ?? { t, complete: 0, fail: 0, running: 1 };
}
