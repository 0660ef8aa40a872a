import type pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { ensureHours, ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { createPool } from '../../schema/database.js';
import {
  Distribution1700000000015 as Distribution,
  distributedTables,
  referenceTables,
} from '../../schema/migrations/1700000000015-distribution.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { SLOT } from './makeBatches.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test' });
  // Partitions have indexes of their own.
  await ensureSlots(pool, SLOT, SLOT);
  await ensureHours(pool, SLOT / 60, SLOT / 60);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function read(text: string, ...values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
  return (await pool.query(text, [...values])).rows;
}

/** The table itself and its partitions. */
const parts = `select $1::regclass as part union all select inhrelid from pg_inherits where inhparent = $1::regclass`;

describe.each(Object.entries(distributedTables))('%s can be distributed by %s', (table, column) => {
  it('has the column, which is never null', async () => {
    const found = `select attnotnull from pg_attribute where attrelid = $1::regclass and attname = $2`;
    expect(await read(found, table, column)).toEqual([{ attnotnull: true }]);
  });

  it('has it in every key and unique index', async () => {
    const without = await read(
      `select indexrelid::regclass::text from pg_index where (indisunique or indisprimary or indisexclusion)
       and indrelid in (${parts}) and not exists (
         select from pg_attribute where attrelid = indrelid and attname = $2 and attnum = any (indkey))`,
      ...[table, column],
    );
    expect(without).toEqual([]);
  });

  it('has no triggers, and no foreign keys either way', async () => {
    expect(await read(`select tgname from pg_trigger where tgrelid in (${parts})`, table)).toEqual([]);
    const foreign = `select conname from pg_constraint where contype = 'f' and (conrelid in (${parts}) or confrelid in (${parts}))`;
    expect(await read(foreign, table)).toEqual([]);
  });
});

describe('the tables of heartbeats', () => {
  it('are listed above where they bear a node or a batch', async () => {
    const rows = await read(
      `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
       where relkind in ('r', 'p') and not relispartition and attname in ('node_key', 'counter') group by relname`,
    );
    // An outage is derived, by one roller where it runs: some hundred rows for a node and year, made again at any time.
    const others = ['heartbeat_node', 'outage'];
    const names = rows.map(({ name }) => name).filter((name) => !others.includes(String(name)));
    expect(names.sort()).toEqual(Object.keys(distributedTables).sort());
  });

  it('keep raw beats without an index that every row has to enter', async () => {
    const methods = await read(
      `select distinct amname from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
       where indrelid in (${parts})`,
      'heartbeat',
    );
    expect(methods).toEqual([{ amname: 'brin' }]);
  });

  it('are spread by the migration where the database can, each beside the others of its column', async () => {
    // Stand-ins that note what Citus would be asked.
    await pool.query(`
      create table asked (position serial, kind text, name text, by text, beside text);
      create function create_reference_table(given regclass) returns void language sql as
        $$ insert into asked (kind, name) values ('reference', given::text) $$;
      create function create_distributed_table(given regclass, by text, colocate_with text) returns void language sql as
        $$ insert into asked (kind, name, by, beside) values ('distributed', given::text, by, colocate_with) $$`);
    await new Distribution().up({ query: (text: string) => pool.query(text) } as unknown as QueryRunner);
    const asked = await read('select kind, name, by, beside from asked order by position');
    expect(asked.filter(({ kind }) => kind === 'reference').map(({ name }) => name)).toEqual(referenceTables);
    const spread = asked.filter(({ kind }) => kind === 'distributed');
    expect(Object.fromEntries(spread.map(({ name, by }) => [name, by]))).toEqual(distributedTables);
    expect(new Set(spread.map(({ by, beside }) => `${by} ${beside}`))).toEqual(
      new Set(['node_key none', 'node_key heartbeat', 'delegation_key none']),
    );
  });
});
