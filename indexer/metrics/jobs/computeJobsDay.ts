import {
  type DurationSummary,
  MIN_SAMPLES,
  summariseDurations,
} from '../../../schema/metrics/formulas/jobs/summariseDurations.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { groupSubjects, type SubjectGroup } from './groupSubjects.js';

/** A row of jobs_day.sql. */
interface JobsDayRow {
  readonly part: 'value' | 'samples';
  readonly hour: number;
  readonly network: string;
  readonly kind: 'network' | 'provider' | 'hardware' | null;
  readonly subject: string | null;
  readonly provider: string | null;
  readonly hardware: string | null;
  readonly n: number;
  readonly good: string | null;
  readonly decided: string | null;
  readonly goodCapped: string | null;
  readonly decidedCapped: string | null;
  readonly starts: readonly number[] | null;
  readonly ends: readonly number[] | null;
  readonly ratios: readonly number[] | null;
}

/** Success by value, and how long tasks took, of each day: for the network, its providers and its classes of hardware. */
export function computeJobsDay(inputs: readonly FamilyInput[]): readonly FamilyRow[] {
  const rows = inputs as readonly unknown[] as readonly JobsDayRow[];
  const samples = rows.filter(({ part }) => part === 'samples');
  return [
    ...rows.filter(({ part }) => part === 'value').flatMap(toValueRows),
    ...groupSubjects(samples).flatMap(toDurationRows),
  ];
}

function toValueRows({ kind, subject, hour, n, ...sums }: JobsDayRow): readonly FamilyRow[] {
  if (!kind || !subject) return [];
  const bucket = { kind, subject, hour, n };
  return [
    { ...bucket, metric: 'jobs.valueSuccess', num: sums.good, den: sums.decided },
    { ...bucket, metric: 'jobs.cappedSuccess', num: sums.goodCapped, den: sums.decidedCapped },
  ];
}

function toDurationRows({ kind, subject, hour, rows }: SubjectGroup<JobsDayRow>): readonly FamilyRow[] {
  const bucket = { kind, subject, hour };
  return [
    ...toPercentiles('jobs.timeToStart', bucket, joinSamples(rows.map(({ starts }) => starts))),
    ...toPercentiles('jobs.timeToEnd', bucket, joinSamples(rows.map(({ ends }) => ends))),
    ...toPromiseRatio(bucket, joinSamples(rows.map(({ ratios }) => ratios))),
  ];
}

/** Of a million jobs there are millions: in one piece, and without a list between. */
function joinSamples(lists: readonly (readonly number[] | null)[]): Float64Array {
  const samples = new Float64Array(lists.reduce((sum, list) => sum + (list?.length ?? 0), 0));
  let at = 0;
  for (const list of lists) {
    if (!list) continue;
    samples.set(list, at);
    at += list.length;
  }
  return samples;
}

type Bucket = Pick<FamilyRow, 'kind' | 'subject' | 'hour'>;

/** Of a provider only what can be told, and the middle and one end of it: it has as many days as there are. */
function toPercentiles(name: string, bucket: Bucket, samples: Float64Array): readonly FamilyRow[] {
  if (samples.length < (bucket.kind === 'provider' ? MIN_SAMPLES : 1)) return [];
  const summary = summariseDurations(samples);
  const names = bucket.kind === 'provider' ? (['p50', 'p95'] as const) : (['p50', 'p90', 'p95', 'p99'] as const);
  return names.map((percentile) => ({
    ...bucket,
    metric: `${name}${percentile.toUpperCase()}`,
    num: toText(summary.percentiles[percentile]),
    den: null,
    n: summary.n,
    detail: toDetail(summary),
  }));
}

function toDetail({ n, min, max }: DurationSummary): Readonly<Record<string, unknown>> {
  return { ...(n < MIN_SAMPLES ? { reason: 'fewSamples' } : {}), min, max };
}

function toText(value: number | null): string | null {
  return value === null ? null : roundHalfEven(value);
}

function toPromiseRatio(bucket: Bucket, ratios: Float64Array): readonly FamilyRow[] {
  if (ratios.length === 0) return [];
  // In one order, whatever that of the rows: a sum of doubles depends on it.
  const sum = ratios.sort().reduce((of, ratio) => of + Math.log(ratio), 0);
  const num = roundHalfEven(Math.exp(sum / ratios.length));
  return [{ ...bucket, metric: 'jobs.promiseRatio', num, den: null, n: ratios.length }];
}
