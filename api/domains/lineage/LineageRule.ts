import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';

/** A selection of facts or readings: a statement of `sql/`. */
export const lineageSources = [
  'ask',
  'attempt',
  'bid',
  'endedAttempt',
  'escrow',
  'job',
  'join',
  'outage',
  'outcome',
  'paidMachine',
  'paidTask',
  'payout',
  'registered',
  'repair',
  'rule',
  'stake',
  'standing',
  'trade',
  'unserved',
  'verdict',
  'work',
] as const;
export type LineageSourceName = (typeof lineageSources)[number];

/** Rows of one source that a figure is made of. All of it is SQL over the columns of the source, as `f`. */
export interface LineagePart {
  readonly source: LineageSourceName;
  readonly where?: string;
  /** What a row adds to the numerator, and to the denominator; absent: it cannot be told row by row. */
  readonly num?: string;
  readonly den?: string;
  /** What the row itself says, where the figure is a quantile or a mean of it: in the unit of the figure. */
  readonly measure?: string;
  /** Days up to the end of the bucket from which rows are taken; `all`: from the beginning; absent: the bucket alone. */
  readonly days?: number | 'all';
}

/** Another figure that goes into this one: of the same subject where `kind` is absent, of so many days up to the bucket's. */
export interface LineageInputRule {
  readonly metric: string;
  readonly kind?: SubjectKind;
  readonly days?: number;
}

/** What the buckets of a figure are made of. */
export interface LineageRule {
  readonly parts: readonly LineagePart[];
  readonly inputs?: readonly LineageInputRule[];
  /**
   * What the rows come to, where that is no plain sum: SQL over all of them. `samples` is how many there are, unless `countsOthers`
   * says that n of the figure counts something else.
   */
  readonly total?: { readonly num?: string; readonly den?: string; readonly n?: string };
  readonly countsOthers?: true | readonly SubjectKind[];
  /** Of an hour without a figure, such as one of nothing by nothing, its rows have no part in the day either. */
  readonly skipsHours?: true;
  /** What a reader should know, in a sentence. */
  readonly note?: string;
}
