import type pg from 'pg';
import { derivedTables } from './derivedTables.js';

export interface TableDifference {
  readonly table: string;
  /** Rows that only one side has; a row that differs is on both. */
  readonly rows: number;
  /** The first of them, as a person names them. */
  readonly first: readonly RowDifference[];
}

export interface RowDifference {
  readonly title: string;
  /** As it was stored, letter by letter; null: it was not. */
  readonly stored: string | null;
  /** As it is made anew; null: it is not. */
  readonly made: string | null;
}

/** Keeps a copy of what is derived of a network until the end of the transaction. */
export async function copyDerived(client: pg.ClientBase, networkId: string): Promise<void> {
  await client.query(
    'create temporary table kept (name text not null, title text not null, row text not null) on commit drop',
  );
  for (const { name, rows, title } of derivedTables) {
    await client.query(`insert into kept select '${name}', ${title}, t::text from ${rows}`, [networkId]);
  }
}

export interface Comparison {
  /** That were held against each other, of all tables together. */
  readonly rows: number;
  /** By table; none: what was stored is what is made from nothing. */
  readonly differences: readonly TableDifference[];
}

/** Holds the tables against that copy, by their letters: a number with another count of zeros is another. */
export async function compareDerived(client: pg.ClientBase, networkId: string): Promise<Comparison> {
  const differences: TableDifference[] = [];
  const { rows: kept } = await client.query<{ rows: number }>('select count(*) as rows from kept');
  for (const { name, rows, title } of derivedTables) {
    const { rows: found } = await client.query<RowDifference & { rows: number }>(
      `with made as (select ${title} as title, t::text as row from ${rows}),
       differing as (
         select coalesce(k.title, m.title) as title, k.row as stored, m.row as made
         from (select title, row from kept where name = $2) k
         full join made m on m.title = k.title and m.row = k.row
         where k.row is null or m.row is null
       )
       select title, max(stored) as stored, max(made) as made, (select count(*)::integer from differing) as rows
       from differing group by title order by title collate "C" limit $3`,
      [networkId, name, SHOWN],
    );
    const [first] = found;
    if (!first) continue;
    const shown = found.map(({ title, stored, made }) => ({ title, stored, made }));
    differences.push({ table: name, rows: first.rows, first: shown });
  }
  return { rows: kept[0]?.rows ?? 0, differences };
}

const SHOWN = 5;
