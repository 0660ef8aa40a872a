import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import { wilsonInterval } from '../../../schema/metrics/formulas/statistics/wilsonInterval.js';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { PointRow } from '../metric/metricQueries.js';

/** What a figure is at least and at most, in its unit, to six places; null where nothing says. */
export function toBounds(
  { bounds }: Pick<MetricDefinition, 'bounds'>,
  { numerator, denominator, detail }: Pick<PointRow, 'numerator' | 'denominator' | 'detail'>,
): { readonly low: string | null; readonly high: string | null } {
  // Where nothing failed there is no figure of the time between failures, and yet the least that it can be.
  if (typeof detail?.atLeast === 'string') return { low: detail.atLeast, high: null };
  const [successes, n] = [Number(numerator), Number(denominator)];
  if (bounds !== 'wilson' || numerator === null || !(n > 0)) return { low: null, high: null };
  const { lower, upper } = wilsonInterval({ successes: Math.min(successes, n), n });
  return { low: roundHalfEven(lower), high: roundHalfEven(upper) };
}
