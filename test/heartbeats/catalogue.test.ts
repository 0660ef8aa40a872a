import type pg from 'pg';
import { ensureHours, ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { createPool } from '../../schema/database.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { SLOT } from './makeBatches.js';

/** What a fleet's operator may distribute, each with the column by which. */
const distributed: Readonly<Record<string, string>> = {
  heartbeat: 'node_key',
  node_hour_open: 'node_key',
  node_hour: 'node_key',
  node_verdict: 'node_key',
  node_day: 'node_key',
  node_standing: 'node_key',
  beat_flag: 'node_key',
  node_hardware: 'node_key',
  maintenance_notice: 'node_key',
  beat_batch: 'delegation_key',
};

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

describe.each(Object.entries(distributed))('%s can be distributed by %s', (table, column) => {
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
    const names = rows.map(({ name }) => name).filter((name) => name !== 'heartbeat_node');
    expect(names.sort()).toEqual(Object.keys(distributed).sort());
  });

  it('keep raw beats without an index that every row has to enter', async () => {
    const methods = await read(
      `select distinct amname from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
       where indrelid in (${parts})`,
      'heartbeat',
    );
    expect(methods).toEqual([{ amname: 'brin' }]);
  });
});
