/** Whom or what a figure is about. */
export const subjectKinds = ['network', 'provider', 'operator', 'node', 'hardware', 'region', 'buyer'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export type Grain = 'hour' | 'day' | 'window';

/**
 * What a figure is made of, and how those of several hours become one of a day:
 * - `sum`: `num`; hours are added;
 * - `ratio`: `num / den`, both added, divided when it is read;
 * - `computed`: `num` as it stands, made anew for each bucket by a function, because it cannot be added: a median, an index.
 */
export type MetricValue = 'sum' | 'ratio' | 'computed';

export type Unit =
  | 'count'
  | 'ratio'
  | 'usd'
  | 'usdPerGpuHour'
  | 'usdPerGbHour'
  /** For one of what the metric's name says: a task, a million tokens. */
  | 'usdPerUnit'
  | 'baseUnits'
  | 'seconds'
  | 'gpuSeconds'
  | 'gpuHours'
  | 'index'
  | 'points';

/**
 * One published figure. Rollups, API, the page of definitions and exports read it from here; to add one is an entry and a
 * statement.
 */
export interface MetricDefinition {
  /** `<family>.<name>`; a family's statement is `indexer/metrics/sql/<family>.sql`. */
  readonly id: `${string}.${string}`;
  readonly title: string;
  readonly unit: Unit;
  readonly subjects: readonly SubjectKind[];
  readonly grains: readonly Grain[];
  readonly value: MetricValue;
  /** What it tells, in a sentence or two for people. */
  readonly definition: string;
  /** In words and signs, with what `num`, `den` and `n` hold where that is not plain. */
  readonly formula: string;
  /** Raised whenever the same facts would give another figure. */
  readonly methodVersion: number;
  /** Tables it is made from, facts and readings first. */
  readonly sources: readonly string[];
  /** When there is no figure, and what is left out: shown beside it. */
  readonly caveats?: string;
  /** Which way is good for a buyer; absent: neither. */
  readonly better?: 'higher' | 'lower';
  /** Of `baseUnits`: of which token of the network; absent: of whatever each amount is in. */
  readonly token?: 'work' | 'stake';
  /** Of a ratio of successes to independent trials: how sure it is. Absent: nothing says, or trials hang together. */
  readonly bounds?: 'wilson';
  /** Absent: in the tables of hours and days. */
  readonly store?: ScoreStore;
}

/**
 * A figure that is part of a score needs no statement: it is a column of table `score`, or what stands at a path of its `detail`.
 * The figure of a day is that of the hour with which the next one begins.
 */
export interface ScoreStore {
  readonly table: 'score';
  readonly at:
    | 'score'
    | 'availability'
    | 'job_success'
    | 'promise'
    | 'integrity'
    | 'evidence_weight'
    | 'buyers_effective'
    | readonly string[];
}
