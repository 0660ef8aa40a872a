import { economyMetrics } from './catalogue/economyMetrics.js';
import { jobMetrics } from './catalogue/jobMetrics.js';
import { mechanismMetrics } from './catalogue/mechanismMetrics.js';
import { priceMetrics } from './catalogue/priceMetrics.js';
import { reliabilityMetrics } from './catalogue/reliabilityMetrics.js';
import { scoreMetrics } from './catalogue/scoreMetrics.js';
import { supplyMetrics } from './catalogue/supplyMetrics.js';
import type { MetricDefinition } from './MetricDefinition.js';

/** Every metric there is, in the order in which people read them. */
export const catalogue: readonly MetricDefinition[] = [
  ...reliabilityMetrics,
  ...jobMetrics,
  ...priceMetrics,
  ...supplyMetrics,
  ...economyMetrics,
  ...mechanismMetrics,
  ...scoreMetrics,
];

const byId = new Map(catalogue.map((metric) => [metric.id as string, metric]));

export function findMetric(id: string): MetricDefinition | undefined {
  return byId.get(id);
}

/** The family of an id, which names its statement: `jobs` of `jobs.completed`. */
export function toFamily(id: MetricDefinition['id']): string {
  return id.slice(0, id.indexOf('.'));
}
