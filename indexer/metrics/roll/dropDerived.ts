import type pg from 'pg';
import { derivedTables } from './derivedTables.js';

/** Deletes what is derived of a network, and returns how many rows it was. Subjects keep their numbers. */
export async function dropDerived(client: pg.ClientBase, networkId: string): Promise<number> {
  let gone = 0;
  for (const { name, rows } of derivedTables) {
    const { rowCount } = await client.query(
      `delete from ${name} d using (select t.ctid as place from ${rows}) of_network where d.ctid = of_network.place`,
      [networkId],
    );
    gone += rowCount ?? 0;
  }
  return gone;
}
