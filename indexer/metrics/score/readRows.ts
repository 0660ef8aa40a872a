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
  // All rows are wanted, but they are worked on as they come: of two plans that have all of them about as soon, the one that begins
  // at once is done earlier.
  await client.query('set local cursor_tuple_fraction = 0.5');
  await client.query(`declare row_reader no scroll cursor for ${text}`, [...values]);
  let fetching = fetchSome<Row>(client);
  for (let isLast = false; !isLast; ) {
    const { rows } = await fetching;
    isLast = rows.length < ROWS;
    // The server looks for the next ones while these are read.
    if (!isLast) fetching = fetchSome(client);
    for (const row of rows) onRow(row);
  }
  await client.query('close row_reader');
}

const ROWS = 1_000;

function fetchSome<Row extends readonly unknown[]>(
  client: pg.ClientBase,
): Promise<pg.QueryArrayResult<Row & unknown[]>> {
  const fetching = client.query<Row & unknown[]>({ text: `fetch ${ROWS} from row_reader`, rowMode: 'array' });
  // Nobody waits for it any more where a row was found to be wrong.
  fetching.catch(() => undefined);
  return fetching;
}
