import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import { ensureSubjects, type Subject, toSubjectKey } from '../subjects.js';
import { toBounds, type WindowSums } from './toBounds.js';

/** Slots and outages of a subject over so many days. */
export interface WindowRow extends Subject, WindowSums {
  readonly days: number;
  readonly nodes: number;
  readonly expected: number;
  readonly maintenance: number;
  readonly maintenanceUp: number;
  readonly repairedDown: number;
  readonly longestDown: number;
}

/** Makes windows what the rows say, with their bounds; writes what differs. */
export async function writeWindows(
  client: pg.ClientBase,
  {
    networkId,
    toHour,
    rows,
  }: { readonly networkId: string; readonly toHour: number; readonly rows: readonly WindowRow[] },
): Promise<void> {
  const keys = await ensureSubjects(client, networkId, rows);
  const written = rows.map((row) => {
    const subjectKey = keys.get(toSubjectKey(row));
    assert(subjectKey !== undefined, `a number of ${row.kind} ${row.id}`);
    return { ...row, ...toBounds(row), subjectKey };
  });
  const columns = names.map((name) => written.map((row) => row[name]));
  await client.query(writeSql, [toHour, ...columns]);
}

/** Deletes the windows of subjects of these kinds that are none of the rows'. */
export async function dropWindows(
  client: pg.ClientBase,
  {
    networkId,
    kinds,
    rows,
  }: {
    readonly networkId: string;
    readonly kinds: readonly Subject['kind'][];
    readonly rows: readonly (Subject & Pick<WindowRow, 'days'>)[];
  },
): Promise<void> {
  await client.query(goneSql, [
    networkId,
    kinds,
    rows.map(({ kind }) => kind),
    rows.map(({ id }) => id),
    rows.map(({ days }) => days),
  ]);
}

const goneSql = `
  delete from uptime_window w using metric_subject s
  where s.subject_key = w.subject_key and s.network_id = $1 and s.kind = any($2::text[]) and (s.kind, s.id, w.days) not in (
    select * from unnest($3::text[], $4::text[], $5::smallint[])
  )
`;

/** Properties in the order of their columns, after that of `to_hour`. */
const names = [
  ...(['subjectKey', 'days', 'nodes', 'up', 'known', 'expected', 'maintenance', 'maintenanceUp', 'failures'] as const),
  ...(['repairs', 'repairedDown', 'outageDown', 'longestDown', 'effectiveN', 'lower', 'upper'] as const),
];

const changing = `nodes, up, known, expected, maintenance, maintenance_up, failures, repairs, repaired_down, outage_down,
  longest_down, effective_n, lower, upper`;

const writeSql = `
  insert into uptime_window as w (to_hour, subject_key, days, ${changing})
  select $1::int, * from unnest($2::int[], $3::smallint[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
    $9::bigint[], $10::int[], $11::int[], $12::bigint[], $13::bigint[], $14::int[], $15::numeric[], $16::numeric[],
    $17::numeric[])
  on conflict (subject_key, days) do update set (to_hour, ${changing}) = row (excluded.to_hour, ${prefix('excluded')})
  where (w.to_hour, ${prefix('w')}) is distinct from (excluded.to_hour, ${prefix('excluded')})
`;

function prefix(table: string): string {
  return changing.replaceAll(/\w+/g, (name) => `${table}.${name}`);
}
