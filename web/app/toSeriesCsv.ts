import type { Definition } from './components/MetricDefinition.js';
import type { MetricPoint } from './components/MetricTable.js';
import { toCsv } from './toCsv.js';

export interface FileSeries {
  readonly metric: Definition;
  readonly kind: string;
  readonly subject: string;
  readonly asOfBlock: string | null;
  readonly asOfTime: string | null;
  readonly points: readonly (MetricPoint & { readonly to: string })[];
  /** What every page about its network says first. */
  readonly notice: string | null;
}

type Row = readonly (string | null)[];

/**
 * What the figures are and as of when, a line for each, then the figures themselves, oldest first, to the last digit. Of several subjects
 * or metrics every row says whose and which it is.
 */
export function toSeriesCsv(series: readonly FileSeries[]): string {
  const metrics = distinct(series, ({ metric }) => metric.id);
  const subjects = distinct(series, ({ subject }) => subject);
  const [manyMetrics, manySubjects] = [metrics.length > 1, subjects.length > 1];
  const columns = [
    ...(manyMetrics ? ['metric'] : []),
    ...(manySubjects ? ['subject'] : []),
    ...[
      'from',
      'to',
      'value',
      'numerator',
      'denominator',
      'samples',
      'in progress',
      'reason',
      'low',
      'high',
      'coverage',
    ],
  ];
  const rows = series.flatMap(({ metric, subject, points }) =>
    points.map((point) => [
      ...(manyMetrics ? [metric.id] : []),
      ...(manySubjects ? [subject] : []),
      ...[point.from, point.to, point.value, point.numerator, point.denominator, point.samples],
      ...[point.inProgress ? 'yes' : 'no', point.reason, point.low, point.high, point.coverage],
    ]),
  );
  return toCsv([...metrics.flatMap(toDefinition), ...subjects.flatMap(toSubject), [], columns, ...rows]);
}

function toDefinition({ metric }: FileSeries): readonly Row[] {
  return [
    ['metric', metric.id],
    ['title', metric.title],
    ['definition', metric.definition],
    ['formula', metric.formula],
    ...(metric.caveats ? [['caveats', metric.caveats]] : []),
    ['unit', metric.unit],
    ['method version', String(metric.methodVersion)],
  ];
}

function toSubject({ subject, kind, notice, asOfBlock, asOfTime }: FileSeries): readonly Row[] {
  return [
    ['subject', subject],
    ['kind of subject', kind],
    ...(notice ? [['notice', notice]] : []),
    ['as of block', asOfBlock],
    ['as of time', asOfTime],
  ];
}

function distinct(series: readonly FileSeries[], toKey: (one: FileSeries) => string): readonly FileSeries[] {
  return [...new Map(series.toReversed().map((one) => [toKey(one), one])).values()].toReversed();
}
