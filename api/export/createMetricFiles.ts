import type { GraphQLSchema } from 'graphql';
import { assert } from '../../schema/lib/assert.js';
import { findMetric } from '../../schema/metrics/catalogue.js';
import type { Grain, MetricDefinition, SubjectKind } from '../../schema/metrics/MetricDefinition.js';
import type { Database } from '../database/createDatabase.js';
import { assertGrain } from '../domains/metric/assertGrain.js';
import { findSubject, toPointsSql, toScorePointsSql } from '../domains/metric/metricQueries.js';
import { parseId } from '../list/parseId.js';
import type { ListSql } from '../list/toListSql.js';
import { toPointRequest } from '../point/readPointRequest.js';
import { createPlainColumns } from './columns/createExportColumns.js';
import type { ExportColumns } from './columns/ExportColumn.js';
import type { FileQuestion } from './FileQuestion.js';
import { ExportError } from './request/ExportError.js';
import { type FileName, readArguments, readChoice, readParameters, refuse, show } from './request/readExportRequest.js';
import { readFields } from './request/readFields.js';

export interface MetricFiles {
  /** Throws `ExportError` or `UserError` for what no file can be made of. */
  read(file: FileName, query: unknown): FileQuestion;
  readonly columns: ExportColumns;
}

/** A metric of a subject over time as a file, by the arguments of `metricSeries`: all of its buckets, oldest first. */
export function createMetricFiles(schema: GraphQLSchema): MetricFiles {
  const columns = createPlainColumns(schema, 'MetricPoint');
  const field = schema.getQueryType()?.getFields().metricSeries;
  assert(field !== undefined, 'series have a root field');
  return {
    columns,
    read(file, query) {
      const metric = findMetric(file.noun);
      if (!metric) {
        throw new ExportError(
          400,
          'UNKNOWN_METRIC',
          `Expected a metric of the catalogue, got ${show(file.noun)}: see \`metrics\` of the API.`,
        );
      }
      const parameters = readParameters(query, [...argumentNames, 'fields', 'header']);
      if (!parameters.subject) refuse('Expected subject to say whom or what the figures are about, got none.');
      const args = readArguments(field, parameters, argumentNames);
      const { grain } = args as { readonly grain: Grain };
      assertGrain(metric, grain);
      return {
        ...file,
        path: `/export/metric/${metric.id}.${file.format}`,
        parameters,
        description: `${metric.title}. ${metric.definition} ${metric.formula}${metric.caveats ? ` ${metric.caveats}` : ''}`,
        columns: readFields(columns, parameters.fields),
        units: { value: metric.unit },
        methodVersions: { [metric.id]: metric.methodVersion },
        point: toPointRequest([{ name: field.name, args }]),
        hasHeader: readChoice('header', parameters.header, ['comments', 'none']) === 'comments',
        subject: parameters.subject,
        toRows: (database) => toSeriesSql(database, { metric, grain, args }),
      };
    },
  };
}

const argumentNames = ['subject', 'kind', 'grain', 'from', 'to', 'block', 'finality'];

async function toSeriesSql(
  database: Database,
  {
    metric,
    grain,
    args,
  }: {
    readonly metric: MetricDefinition;
    readonly grain: 'hour' | 'day';
    readonly args: Readonly<Record<string, unknown>>;
  },
): Promise<ListSql> {
  const kinds = args.kind ? [args.kind as SubjectKind] : metric.subjects;
  const id = parseId(String(args.subject));
  const subject = await findSubject(database, { kinds, id });
  if (!subject) {
    throw new ExportError(
      404,
      'UNKNOWN_SUBJECT',
      `Expected a subject of ${metric.id}, got ${show(id)}: there are no figures of it.`,
    );
  }
  const asked = {
    ...{ subjectKey: subject.subjectKey, last: ALL },
    ...{ from: (args.from ?? null) as Date | null, to: (args.to ?? null) as Date | null },
  };
  const { sql, parameters } = metric.store
    ? toScorePointsSql({ ...asked, store: metric.store })
    : toPointsSql({ ...asked, metric: metric.id, isRatio: metric.value === 'ratio', grain });
  return { sql: `select newest.* from (${sql}) as newest order by newest."from"`, parameters };
}

/** More buckets than there can be. */
const ALL = 2 ** 31 - 1;
