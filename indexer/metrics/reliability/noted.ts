import { readFileSync } from 'node:fs';
import type pg from 'pg';

/** Tables that last as long as the transaction, in which one step leaves word for the next. */
export async function openNoted(client: pg.ClientBase): Promise<void> {
  await client.query(createTables);
}

const createTables = readFileSync(new URL('./sql/createNoted.sql', import.meta.url), 'utf8');

/** Forgets what an earlier turn in the same transaction has left. */
export async function emptyNoted(client: pg.ClientBase): Promise<void> {
  await client.query('delete from judged_hour; delete from outage_node');
}

/** Hours that the tables reach to, and that may have been judged again. */
export async function noteJudged(client: pg.ClientBase, hours: readonly number[]): Promise<void> {
  if (hours.length === 0) return;
  await client.query('insert into judged_hour (hour) select * from unnest($1::int[])', [hours]);
}

export async function listJudged(client: pg.ClientBase): Promise<readonly number[]> {
  const { rows } = await client.query<{ hour: number }>('select hour from judged_hour order by hour');
  return rows.map(({ hour }) => hour);
}
