import type pg from 'pg';
import { type Columns, copyRows } from './copyRows.js';

/**
 * Adds nouns that are not there yet. They come through a staging table because a provider or a node that a log names
 * may be known already, and COPY knows no `on conflict`.
 */
export async function mergeNouns<Row extends object>(
  client: pg.ClientBase,
  table: 'provider' | 'node' | 'job' | 'task' | 'block',
  columns: Columns,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).join(', ');
  await client.query(
    `create temp table if not exists stage_${table} on commit delete rows as select ${names} from ${table} with no data`,
  );
  await copyRows(client, `stage_${table}`, columns, rows);
  await client.query(`insert into ${table} (${names}) select ${names} from stage_${table} on conflict do nothing`);
}
