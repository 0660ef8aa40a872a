import { UserError } from '../../../schema/lib/errors.js';
import { catalogue, findMetric, toFamily } from '../../../schema/metrics/catalogue.js';
import type { MetricDefinition, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Interval } from './Market.js';

export interface MetricChoice {
  /** Null: all that apply. */
  readonly ids: readonly string[] | null;
  readonly kind: SubjectKind;
  readonly interval: Interval;
}

/** The figures of the catalogue that there are of such a subject by such buckets, in its order. Throws where one named is none. */
export function chooseMetrics({ ids, kind, interval }: MetricChoice): readonly MetricDefinition[] {
  if (ids === null) return catalogue.filter((metric) => findFault(metric, kind, interval) === null);
  const named = new Set(ids.map((id) => getFitting(id, kind, interval)));
  return catalogue.filter((metric) => named.has(metric));
}

function getFitting(id: string, kind: SubjectKind, interval: Interval): MetricDefinition {
  const metric = findMetric(id);
  if (!metric) {
    throw new UserError(`Expected metrics of the catalogue, got ${JSON.stringify(id.slice(0, 80))}: see \`metrics\`.`);
  }
  const fault = findFault(metric, kind, interval);
  if (fault === null) return metric;
  throw new UserError(`Expected metrics of a ${kind} by the ${interval}, got ${metric.id}: ${fault}.`);
}

/** Why there is no such series; null: there may be one. */
function findFault(metric: MetricDefinition, kind: SubjectKind, interval: Interval): string | null {
  const { subjects, grains, value, store } = metric;
  if (store || !subjects.includes(kind)) return `it is about ${subjects.join(', ')}; ask \`metricSeries\``;
  const grain = interval === 'hour' ? 'hour' : 'day';
  if (!grains.includes(grain)) {
    return grains.includes('window') ? 'ask `metricWindows`' : `it has ${grains.join(', ')}`;
  }
  if (grain === 'day' && interval !== 'day' && value === 'computed') {
    return 'it is made anew for each day, and days of it do not add up';
  }
  return null;
}

/** Which figure says how much of this one was observed; null: it is not made of heartbeats. */
export function findObserver(metric: MetricDefinition, kind: SubjectKind): string | null {
  const family = toFamily(metric.id);
  if (!metric.sources.includes('node_verdict') || (family !== 'reliability' && family !== 'supply')) return null;
  return family === 'supply' && kind === 'network' ? 'supply.coverage' : 'reliability.coverage';
}
