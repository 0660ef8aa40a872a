import { assert } from '../../../lib/assert.js';
import { apportion } from '../statistics/apportion.js';
import { MICRO, toMicro } from './micro.js';
import { scoreMethod } from './scoreMethod.js';

export interface WeightedBound {
  /** Weights add up to one. */
  readonly weight: number;
  /** In (0, 1]; below the floor it counts as the floor. */
  readonly value: number;
}

/**
 * The weighted geometric mean of lower bounds, times 100, and how many points each costs: in proportion to its logarithm, so
 * that they add up to what is missing to 100 (`REP-05`). Unrounded. No bounds: null.
 */
export function compositeScore(
  bounds: readonly WeightedBound[],
): { readonly score: number; readonly pointsLost: readonly number[] } | null {
  if (bounds.length === 0) return null;
  const losses = toLosses(bounds);
  const total = losses.reduce((sum, loss) => sum + loss, 0);
  const score = 100 * Math.exp(-total);
  return { score, pointsLost: losses.map((loss) => (total === 0 ? 0 : ((100 - score) * loss) / total)) };
}

/** The same in millionths of a point: score and points lost add up to 100 exactly, by largest remainder. */
export function compositeMicro(
  bounds: readonly WeightedBound[],
): { readonly score: number; readonly pointsLost: readonly number[] } | null {
  const composite = compositeScore(bounds);
  if (composite === null) return null;
  const score = toMicro(composite.score);
  return { score, pointsLost: apportion(100 * MICRO - score, toLosses(bounds)).map(Number) };
}

function toLosses(bounds: readonly WeightedBound[]): number[] {
  return bounds.map(({ weight, value }) => {
    assert(value <= 1 && weight >= 0, `a bound up to 1 of a weight of zero or more, got ${value} and ${weight}`);
    return -weight * Math.log(Math.max(value, scoreMethod.floor)) + 0;
  });
}
