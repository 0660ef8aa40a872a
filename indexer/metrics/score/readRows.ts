import type pg from 'pg';

/**
 * Hands over the rows of a statement one by one, as lists of columns, a few thousand at a time: a million of them never stand in
 * memory at once. Within a transaction of the caller's.
 */
export async function readRows<Row extends readonly unknown[]>(
  client: pg.ClientBase,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
  onRow: (row: Row) => void,
): Promise<void> {
  // All rows are wanted, so the plan that has all of them soonest.
  await client.query('set local cursor_tuple_fraction = 1');
  await client.query(`declare row_reader no scroll cursor for ${text}`, [...values]);
  for (;;) {
    const { rows } = await client.query<Row & unknown[]>({ text: `fetch ${ROWS} from row_reader`, rowMode: 'array' });
    for (const row of rows) onRow(row);
    if (rows.length < ROWS) break;
  }
  await client.query('close row_reader');
}

const ROWS = 1_000;
