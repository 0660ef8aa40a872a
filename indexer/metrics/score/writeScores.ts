import type pg from 'pg';
import { componentNames, type Score } from '../../../schema/metrics/formulas/score/Score.js';
import type { RollContext } from '../roll/RollStep.js';
import { ensureSubjects, type Subject, toSubjectKey } from '../subjects.js';
import { type ScoreRow, toScoreRow } from './scoreRow.js';
import { toOperatorId } from './toOperatorId.js';

/**
 * Hours that are no midnight are those of a head that has moved on, and it stood in one of this turn's; later ones than the head's are of
 * blocks that were taken back.
 */
export async function deleteStaleScores({ client, network, head, hours }: RollContext): Promise<void> {
  await client.query(
    `delete from score c using metric_subject s
     where s.subject_key = c.subject_key and s.network_id = $1 and c.hour >= $3
       and (c.hour > $2 or (c.hour % 24 <> 0 and c.hour <> $2))`,
    [network.id, head.hour, Math.min(hours[0] ?? head.hour, head.hour)],
  );
}

function toSubject({ subject, kind }: Score, networkId: string): Subject {
  return { kind, id: kind === 'operator' ? toOperatorId(networkId, subject) : subject };
}

/** Makes the scores as of an hour what they are to be; only rows that differ are written. */
export async function writeScores(
  client: pg.ClientBase,
  to: {
    readonly networkId: string;
    readonly hour: number;
    readonly scores: readonly Score[];
    /** Numbers of subjects that are known; more are added. */
    readonly keys: Map<string, number>;
  },
): Promise<void> {
  const { networkId, hour, scores, keys } = to;
  const subjects = scores.map((score) => toSubject(score, networkId));
  const missing = subjects.filter((subject) => !keys.has(toSubjectKey(subject)));
  if (missing.length > 0) {
    for (const [key, number] of await ensureSubjects(client, networkId, missing)) keys.set(key, number);
  }
  const numbers = subjects.map((subject) => keys.get(toSubjectKey(subject)) ?? 0);
  await client.query(upsert, [networkId, hour, numbers, ...toColumns(scores.map(toScoreRow))]);
}

const columns: readonly { readonly name: string; readonly type: string; readonly of: (row: ScoreRow) => unknown }[] = [
  { name: 'method_version', type: 'smallint', of: ({ methodVersion }) => methodVersion },
  { name: 'score', type: 'numeric', of: ({ score }) => score },
  ...componentNames.flatMap((name) => {
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [
      { name: column, type: 'numeric', of: ({ values }: ScoreRow) => values[name] },
      { name: `lost_${column}`, type: 'numeric', of: ({ pointsLost }: ScoreRow) => pointsLost[name] },
    ];
  }),
  { name: 'evidence', type: 'text', of: ({ evidence }) => evidence },
  { name: 'evidence_weight', type: 'numeric', of: ({ evidenceWeight }) => evidenceWeight },
  { name: 'buyers_effective', type: 'numeric', of: ({ buyersEffective }) => buyersEffective },
  { name: 'detail', type: 'jsonb', of: ({ detail }) => JSON.stringify(detail) },
];

function toColumns(rows: readonly ScoreRow[]): unknown[][] {
  return columns.map(({ of }) => rows.map(of));
}

const names = columns.map(({ name }) => name);
const upsert = `
  with gone as (
    delete from score c using metric_subject s
    where s.subject_key = c.subject_key and s.network_id = $1 and c.hour = $2 and c.subject_key <> all ($3::int[])
  )
  insert into score as c (subject_key, hour, ${names.join(', ')})
  select subject_key, $2, ${names.join(', ')}
  from unnest($3::int[], ${columns.map(({ type }, at) => `$${at + 4}::${type}[]`).join(', ')})
    as given (subject_key, ${names.join(', ')})
  order by subject_key
  on conflict (subject_key, hour) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
  where (${names.map((name) => `c.${name}`).join(', ')})
    is distinct from (${names.map((name) => `excluded.${name}`).join(', ')})
`;
