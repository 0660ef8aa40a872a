import type pg from 'pg';
import { UserError } from '../../../schema/lib/errors.js';
import { type ComponentName, componentNames, type Score } from '../../../schema/metrics/formulas/score/Score.js';
import { toCanonicalJson } from '../../../schema/metrics/formulas/score/toCanonicalJson.js';
import { type ScoreRow, toScoreRow } from '../score/scoreRow.js';
import type { ScoreSubject } from './findSubject.js';

/** What a roller wrote, and as of which hour. */
export interface StoredScore extends ScoreRow {
  readonly hour: number;
}

/** A field that is stored otherwise than it is made again. */
export interface ScoreDifference {
  readonly field: string;
  readonly stored: string;
  readonly made: string;
}

/** The last one up to an hour: scores are kept of each midnight (UTC) and of the last hour that is settled. */
export async function findStoredScore(
  client: pg.ClientBase,
  { subject, hour }: { readonly subject: ScoreSubject; readonly hour: number },
): Promise<StoredScore> {
  const { rows } = await client.query<Row>(
    `select c.* from metric_subject s join score c on c.subject_key = s.subject_key
     where s.kind = $1 and s.id = $2 and c.hour <= $3 order by c.hour desc limit 1`,
    [subject.kind, subject.id, hour],
  );
  const [row] = rows;
  if (!row) {
    const time = new Date(hour * 3_600_000).toISOString();
    throw new UserError(
      `Expected a stored score of ${subject.id} up to ${time}, found none: roll the metrics first (computescan roll), or give a later block with --at.`,
    );
  }
  return toStored(row);
}

type Column = 'availability' | 'job_success' | 'promise' | 'integrity';

type Row = Readonly<Record<Column | `lost_${Column}`, string | null>> & {
  readonly hour: number;
  readonly method_version: number;
  readonly score: string | null;
  readonly evidence: string;
  readonly evidence_weight: string;
  readonly buyers_effective: string | null;
  readonly detail: ScoreRow['detail'];
};

const columns: Readonly<Record<ComponentName, Column>> = {
  availability: 'availability',
  jobSuccess: 'job_success',
  promise: 'promise',
  integrity: 'integrity',
};

function toStored(row: Row): StoredScore {
  const pick = (prefix: '' | 'lost_') =>
    Object.fromEntries(componentNames.map((name) => [name, row[`${prefix}${columns[name]}`]])) as ScoreRow['values'];
  return {
    ...{ hour: row.hour, methodVersion: row.method_version, score: row.score, evidence: row.evidence },
    ...{ values: pick(''), pointsLost: pick('lost_') },
    ...{ evidenceWeight: row.evidence_weight, buyersEffective: row.buyers_effective, detail: row.detail },
  };
}

/** Letter by letter; none where both are the same. */
export function listDifferences({ hour: _hour, ...stored }: StoredScore, score: Score): readonly ScoreDifference[] {
  const fields = (row: ScoreRow) => new Map(flatten(row));
  const [before, after] = [fields(stored), fields(toScoreRow(score))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, stored: before.get(field) ?? 'nothing', made: after.get(field) ?? 'nothing' }))
    .filter((one) => one.stored !== one.made);
}

function flatten(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, toCanonicalJson(value)]];
  return Object.entries(value).flatMap(([key, entry]) => flatten(entry, path ? `${path}.${key}` : key));
}
