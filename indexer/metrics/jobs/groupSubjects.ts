import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';

interface Part {
  readonly hour: number;
  readonly network: string;
  readonly provider: string | null;
  /** Its class; null or absent: not grouped by. */
  readonly hardware?: string | null;
}

export interface SubjectGroup<Row> {
  readonly kind: SubjectKind;
  readonly subject: string;
  readonly hour: number;
  readonly rows: readonly Row[];
}

/** Rows of the parts of a network together, for the network, each provider and each class of hardware, by bucket. */
export function groupSubjects<Row extends Part>(rows: readonly Row[]): readonly SubjectGroup<Row>[] {
  const groups = new Map<string, SubjectGroup<Row> & { readonly rows: Row[] }>();
  const add = (kind: SubjectKind, subject: string, row: Row) => {
    const key = `${kind} ${row.hour} ${subject}`;
    const group = groups.get(key) ?? { kind, subject, hour: row.hour, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  };
  for (const row of rows) {
    add('network', row.network, row);
    if (row.provider !== null) add('provider', row.provider, row);
    if (row.hardware != null) add('hardware', `${row.network}:gpu:${row.hardware}`, row);
  }
  return [...groups.values()];
}
