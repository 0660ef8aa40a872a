import { componentNames } from '../../../schema/metrics/formulas/score/Score.js';
import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import type { Score } from './Score.js';

type Column = 'availability' | 'job_success' | 'promise' | 'integrity';

/** A score, and the key of its row. */
export interface ScoreRow extends Score {
  readonly subjectKey: number;
  readonly hour: number;
}

type Row = Omit<ScoreRow, 'parts'> & Readonly<Record<Column | `lost_${Column}`, string | null>>;

/** Scores of providers or of operators, the newest first; by the key of table score. */
export async function listScores(
  database: Database,
  kind: 'provider' | 'operator',
  keys: readonly ParentKey[],
): Promise<ChildRow<ScoreRow>[]> {
  const rows = await database.query<ChildRow<Row>>(perParent(scores), [...toParentParameters(keys), kind]);
  return rows.map((row) => ({
    ...{
      ordinal: row.ordinal,
      subjectKey: row.subjectKey,
      hour: row.hour,
      at: row.at,
      score: row.score,
      evidence: row.evidence,
    },
    ...{ evidenceWeight: row.evidenceWeight, buyersEffective: row.buyersEffective },
    ...{ removedShare: row.removedShare, methodVersion: row.methodVersion, detail: row.detail },
    parts: componentNames.map((name) => {
      const column = columns[name];
      return { name, value: row[column], pointsLost: row[`lost_${column}`] };
    }),
  }));
}

const columns: Readonly<Record<(typeof componentNames)[number], Column>> = {
  availability: 'availability',
  jobSuccess: 'job_success',
  promise: 'promise',
  integrity: 'integrity',
};

const scores = `
  select c.subject_key as "subjectKey", c.hour, to_timestamp(c.hour::int8 * 3600) as at, c.score, c.availability, c.job_success, c.promise, c.integrity,
    c.lost_availability, c.lost_job_success, c.lost_promise, c.lost_integrity, c.evidence,
    c.evidence_weight as "evidenceWeight", c.buyers_effective as "buyersEffective",
    c.detail #>> '{removed,share}' as "removedShare", c.method_version as "methodVersion", c.detail
  from metric_subject s join score c on c.subject_key = s.subject_key
  where s.kind = $3 and s.id = k.parent
  order by c.hour desc
`;
