import { UserError } from '../../../schema/lib/errors.js';
import type { Grain, MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';

/** Series have buckets of hours or days, where the metric has them. */
export function assertGrain(metric: MetricDefinition, grain: Grain): asserts grain is 'hour' | 'day' {
  if (grain !== 'window' && metric.grains.includes(grain)) return;
  const where = metric.grains.includes('window') ? '; figures of windows are in `metricWindows`' : '';
  throw new UserError(`Expected a grain of ${metric.id}, got ${grain}: it has ${metric.grains.join(', ')}${where}.`);
}
