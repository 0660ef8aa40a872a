import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import { ensureSubjects, type Subject, toSubjectKey } from '../subjects.js';
import { toBounds, type WindowSums } from './toBounds.js';

/** Slots and outages of a subject over so many days. */
export interface WindowRow extends Subject, WindowSums {
  /** Null: it has none as yet. */
  readonly subjectKey: number | null;
  readonly days: number;
  readonly nodes: number;
  readonly expected: number;
  readonly maintenance: number;
  readonly maintenanceUp: number;
  readonly repairedDown: number;
  readonly longestDown: number;
}

/** Makes windows what the rows say, with their bounds. */
export async function writeWindows(
  client: pg.ClientBase,
  { networkId, rows }: { readonly networkId: string; readonly rows: readonly WindowRow[] },
): Promise<void> {
  if (rows.length === 0) return;
  const unnumbered = rows.filter(({ subjectKey }) => subjectKey === null);
  const keys = await ensureSubjects(client, networkId, unnumbered);
  const written = rows.map((row) => {
    const subjectKey = row.subjectKey ?? keys.get(toSubjectKey(row));
    assert(subjectKey !== undefined, `a number of ${row.kind} ${row.id}`);
    return { ...row, ...toBounds(row), subjectKey };
  });
  const columns = names.map((name) => written.map((row) => row[name]));
  await client.query(writeSql, columns);
}

/** Properties in the order of their columns. */
const names = [
  ...(['subjectKey', 'days', 'nodes', 'up', 'known', 'expected', 'maintenance', 'maintenanceUp', 'failures'] as const),
  ...(['repairs', 'repairedDown', 'outageDown', 'longestDown', 'effectiveN', 'lower', 'upper'] as const),
];

const changing = `nodes, up, known, expected, maintenance, maintenance_up, failures, repairs, repaired_down, outage_down,
  longest_down, effective_n, lower, upper`;

const writeSql = `
  insert into uptime_window (subject_key, days, ${changing})
  select * from unnest($1::int[], $2::smallint[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
    $8::bigint[], $9::int[], $10::int[], $11::bigint[], $12::bigint[], $13::int[], $14::numeric[], $15::numeric[],
    $16::numeric[])
  on conflict (subject_key, days) do update set (${changing}) = row (${changing.replaceAll(/\w+/g, (name) => `excluded.${name}`)})
`;
