import { UserError } from '../../../schema/lib/errors.js';
import { findMetric } from '../../../schema/metrics/catalogue.js';
import type { Grain, MetricDefinition, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Database } from '../../database/createDatabase.js';
import { parseId } from '../../list/parseId.js';
import { assertGrain } from './assertGrain.js';
import type { MetricSeries } from './MetricSeries.js';
import { findSubject, listPoints, listScorePoints } from './metricQueries.js';

export interface SeriesQuestion {
  readonly metric: string;
  readonly subject: string;
  readonly kind?: SubjectKind | null;
  readonly grain: Grain;
  readonly from?: Date | null;
  readonly to?: Date | null;
  readonly last: number;
}

/** A figure over time; null for a subject of which there is none. Throws where the question is none. */
export async function readSeries(database: Database, question: SeriesQuestion): Promise<MetricSeries | null> {
  const { last } = question;
  const { metric, grain } = getGrained(question);
  const kinds = question.kind ? [question.kind] : metric.subjects;
  const subject = await findSubject(database, { kinds, id: parseId(question.subject) });
  if (!subject) return null;
  const { subjectKey, kind, id, asOfBlock, asOfTime } = subject;
  const asked = { subjectKey, last, from: question.from ?? null, to: question.to ?? null };
  const points = metric.store
    ? await listScorePoints(database, { ...asked, store: metric.store })
    : await listPoints(database, { ...asked, ...{ metric: metric.id, isRatio: metric.value === 'ratio', grain } });
  return { metric, kind, subject: id, points, asOfBlock, asOfTime };
}

/** A metric that has buckets as long as asked. */
export function getGrained({ metric: id, grain }: Pick<SeriesQuestion, 'metric' | 'grain'>): {
  readonly metric: MetricDefinition;
  readonly grain: Exclude<Grain, 'window'>;
} {
  const metric = getMetric(id);
  assertGrain(metric, grain);
  return { metric, grain };
}

function getMetric(id: string): MetricDefinition {
  const metric = findMetric(id);
  if (metric) return metric;
  throw new UserError(`Expected a metric of the catalogue, got ${JSON.stringify(id.slice(0, 80))}: see \`metrics\`.`);
}
