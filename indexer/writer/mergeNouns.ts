import type pg from 'pg';
import { type Columns, toJson } from './copyRows.js';

/**
 * Adds nouns that are not there yet: a provider or a node that a log names may be known already, and COPY knows no
 * `on conflict`. The types are the table's own.
 */
export async function mergeNouns<Row extends object>(
  client: pg.ClientBase,
  table: 'provider' | 'node' | 'job' | 'task',
  columns: Columns,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).join(', ');
  await client.query(
    `insert into ${table} (${names})
     select ${names} from jsonb_populate_recordset(null::${table}, $1::jsonb)
     on conflict do nothing`,
    [toJson(rows)],
  );
}
