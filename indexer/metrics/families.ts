import type { SubjectKind } from '../../schema/metrics/MetricDefinition.js';

/**
 * Metrics that are rolled together, by the statement `sql/<id>.sql`. Its parameters are $1 the network's id, $2 and $3 the hours
 * from and up to which (not including it) it is asked; its columns `metric`, `kind`, `subject`, `hour`, `num`, `den`, `n` and
 * `detail`. A bucket without evidence has no row; never one of zero over zero.
 */
export interface Family {
  readonly id: string;
  /** Hours: rows are stored by the hour, days are their sums. Days: the statement gives one row a day, with `hour` its first. */
  readonly grain: 'hour' | 'day';
  /**
   * What changes with an hour besides itself. `state`: what a log said goes on until another one says otherwise, so an event
   * that is found late changes every later hour. `record`: figures are made from those of earlier days, so whatever follows of
   * events does. What follows of heartbeats alone changes its own hour.
   */
  readonly carries?: 'state' | 'record';
  /** What became of tasks changes nothing of it, so hours that are due for that alone are left out. */
  readonly ignores?: 'outcomes';
  /** Which providers act as one, as it stands now, goes into all of its days. */
  readonly reads?: 'operators';
  /** As many days as are made at a time where rows are many; absent: those of the turn. */
  readonly longestDays?: number;
  /** Makes the figures from the statement's rows, where SQL does not: medians, indices. Pure. */
  readonly compute?: (rows: readonly FamilyInput[]) => readonly FamilyRow[];
}

/** A row of the statement of a family that computes, with whatever columns it has. */
export type FamilyInput = Readonly<Record<string, unknown>>;

export interface FamilyRow {
  /** Id of the catalogue. */
  readonly metric: string;
  readonly kind: SubjectKind;
  /** Public id of the network, provider, node or buyer; of hardware and regions `<network>:gpu:<model>`, `<network>:region:<name>`. */
  readonly subject: string;
  readonly hour: number;
  /** Decimals as text, exact; null: no figure, for the reason in `detail`. */
  readonly num: string | null;
  readonly den: string | null;
  /** How many samples stand behind it. */
  readonly n: number;
  readonly detail?: Readonly<Record<string, unknown>>;
}
