import { componentNames } from '../../../schema/metrics/formulas/score/Score.js';
import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import type { Score } from './Score.js';

type Column = 'availability' | 'job_success' | 'promise' | 'integrity';

/** A score, the key of its row, and whose it is. */
export interface ScoreRow extends Score {
  readonly subjectKey: number;
  readonly hour: number;
  readonly kind: 'provider' | 'operator';
  readonly subjectId: string;
}

export type Row = Omit<ScoreRow, 'parts'> & Readonly<Record<Column | `lost_${Column}`, string | null>>;

/**
 * Scores of providers or of operators, the newest first; by the key of table score, which is found first: joined, Postgres may look through
 * the newest scores of all until it meets theirs.
 */
export async function listScores(
  database: Database,
  kind: 'provider' | 'operator',
  keys: readonly ParentKey[],
): Promise<ChildRow<ScoreRow>[]> {
  const rows = await database.query<ChildRow<Row>>(
    perParent(`
      select ${scores.columns} ${scores.from}
      where w.subject_key = (select y.subject_key from metric_subject y where y.kind = $3 and y.id = k.parent)
      order by w.hour desc
    `),
    [...toParentParameters(keys), kind],
  );
  return rows.map((row) => ({ ...toScore(row), ordinal: row.ordinal }));
}

/** With its parts, which are columns of the table, as a list. */
export function toScore(row: Row): ScoreRow {
  const parts = componentNames.map((name) => {
    const column = columns[name];
    return { name, value: row[column], pointsLost: row[`lost_${column}`] };
  });
  return { ...row, parts };
}

const columns: Readonly<Record<(typeof componentNames)[number], Column>> = {
  availability: 'availability',
  jobSuccess: 'job_success',
  promise: 'promise',
  integrity: 'integrity',
};

export const scores = {
  columns: `
    w.subject_key as "subjectKey", w.hour, z.kind, z.id as "subjectId", to_timestamp(w.hour::int8 * 3600) as at, w.score,
    w.availability, w.job_success, w.promise, w.integrity, w.lost_availability, w.lost_job_success, w.lost_promise,
    w.lost_integrity, w.evidence, w.evidence_weight as "evidenceWeight", w.buyers_effective as "buyersEffective",
    w.detail #>> '{removed,share}' as "removedShare", w.method_version as "methodVersion", w.detail
  `,
  from: 'from score w join metric_subject z on z.subject_key = w.subject_key',
};
