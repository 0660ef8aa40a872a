import type { Definition } from './components/MetricDefinition.js';
import type { MetricPoint } from './components/MetricTable.js';
import { toCsv } from './toCsv.js';

export interface SeriesFile {
  readonly metric: Definition;
  readonly series: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly asOfBlock: string | null;
    readonly asOfTime: string | null;
    readonly points: readonly (MetricPoint & { readonly to: string })[];
  }[];
  /** What every page about the network says first. */
  readonly notice: string | null;
}

/**
 * What the figures are and as of when, a line for each, then the figures themselves, oldest first, to the last digit. Of several subjects
 * every row says whose it is.
 */
export function toSeriesCsv({ metric, series, notice }: SeriesFile): string {
  const isOne = series.length === 1;
  const head: readonly (readonly (string | null)[])[] = [
    ['metric', metric.id],
    ['title', metric.title],
    ['definition', metric.definition],
    ['formula', metric.formula],
    ...(metric.caveats ? [['caveats', metric.caveats]] : []),
    ['unit', metric.unit],
    ['method version', String(metric.methodVersion)],
    ...series.flatMap(({ kind, subject, asOfBlock, asOfTime }) => [
      ['subject', subject],
      ['kind of subject', kind],
      ...(isOne && notice ? [['notice', notice]] : []),
      ['as of block', asOfBlock],
      ['as of time', asOfTime],
    ]),
  ];
  const columns = ['from', 'to', 'value', 'numerator', 'denominator', 'samples', 'in progress', 'reason'];
  const added = ['low', 'high', 'coverage'];
  const rows = series.flatMap(({ subject, points }) =>
    points.map((point) => [
      ...(isOne ? [] : [subject]),
      ...[point.from, point.to, point.value, point.numerator, point.denominator, point.samples],
      ...[point.inProgress ? 'yes' : 'no', point.reason, point.low, point.high, point.coverage],
    ]),
  );
  return toCsv([...head, [], [...(isOne ? [] : ['subject']), ...columns, ...added], ...rows]);
}
