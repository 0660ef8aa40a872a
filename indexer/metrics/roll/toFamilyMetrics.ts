import { toFamily } from '../../../schema/metrics/catalogue.js';
import { type MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { Family } from '../families.js';

/**
 * The metrics that a family gives: those of the catalogue that bear its name, have its grain and no store elsewhere. A family of days is named
 * `<name>_day` where one of hours has the name, and then gives what cannot be summed of hours.
 */
export function toFamilyMetrics(
  family: Pick<Family, 'id' | 'grain'>,
  plan: { readonly catalogue: readonly MetricDefinition[]; readonly families: readonly Pick<Family, 'id' | 'grain'>[] },
): readonly MetricDefinition[] {
  const name = family.id.replace(/_day$/, '');
  const named = plan.catalogue.filter(({ id, store }) => toFamily(id) === name && !store);
  if (family.grain === 'hour') return named.filter(({ grains }) => grains.includes('hour'));
  const summed = new Set(listSummed(plan));
  return named.filter((metric) => metric.grains.includes('day') && !summed.has(metric));
}

/** The metrics whose days are the sums of their hours. */
export function listSummed(plan: {
  readonly catalogue: readonly MetricDefinition[];
  readonly families: readonly Pick<Family, 'id' | 'grain'>[];
}): readonly MetricDefinition[] {
  const hourly = new Set(plan.families.flatMap(({ id, grain }) => (grain === 'hour' ? [id] : [])));
  return plan.catalogue.filter(
    ({ id, value, grains }) =>
      value !== 'computed' && grains.includes('hour') && grains.includes('day') && hourly.has(toFamily(id)),
  );
}
