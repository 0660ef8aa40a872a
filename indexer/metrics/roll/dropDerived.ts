import type pg from 'pg';
import { derivedTables } from './derivedTables.js';

/**
 * Deletes what is derived of a network, and returns how many rows it was. Subjects keep their numbers. With `kept`, ids of metrics, hours
 * stay, and the days of these metrics: whoever makes them anew looks at all of them, and writes those that differ.
 */
export async function dropDerived(
  client: pg.ClientBase,
  networkId: string,
  kept: readonly string[] | null = null,
): Promise<number> {
  let gone = 0;
  for (const { name, rows } of derivedTables) {
    if (kept !== null && name === 'metric_hour') continue;
    const isPart = kept !== null && name === 'metric_day';
    const { rowCount } = await client.query(
      `delete from ${name} d using (select t.ctid as place from ${rows}${isPart ? ' and m.id <> all ($2::text[])' : ''}) of_network
       where d.ctid = of_network.place`,
      isPart ? [networkId, kept] : [networkId],
    );
    gone += rowCount ?? 0;
  }
  return gone;
}
