import { findMetric } from '../../../schema/metrics/catalogue.js';
import type { SubjectRow } from '../metric/metricQueries.js';
import type { LineageInput } from './Lineage.js';
import type { LineageRule } from './LineageRule.js';

const DAY_MS = 86_400_000;

/** Figures that go into a bucket, with where their own buckets begin and end; those that there are of such a subject. */
export function listInputs(
  { inputs = [] }: LineageRule,
  of: { readonly subject: SubjectRow; readonly grain: 'hour' | 'day'; readonly from: Date; readonly to: Date },
): readonly LineageInput[] {
  const { subject, from, to } = of;
  return inputs.flatMap(({ metric: id, days }) => {
    const metric = findMetric(id);
    const grain = days === undefined ? of.grain : 'day';
    if (!metric?.subjects.includes(subject.kind) || !metric.grains.includes(grain)) return [];
    // Of the day before where it is the figure itself.
    const end = days === 1 ? from : to;
    const begin = days === undefined ? from : new Date(end.getTime() - days * DAY_MS);
    return [{ metric, kind: subject.kind, subject: subject.id, grain, from: begin, to: end }];
  });
}
