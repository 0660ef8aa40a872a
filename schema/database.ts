import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { toMessage, UserError } from './lib/errors.js';
import { parseUtc } from './lib/timestamps.js';
import { migrations } from './migrations/migrations.js';
import { restoreIndexes } from './restoreIndexes.js';

/** Heights and counts fit a double exactly (below 2^53); anything larger is `numeric` and stays text. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, (value) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`int8 ${value} does not fit a safe integer`);
  return number;
});

const parseTimestamp = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => parseUtc(text) ?? parseTimestamp(text));

/** A pool for hand-written SQL: int8 comes back as number, numeric as text, timestamptz as Date. */
export function createPool(
  url: string,
  options: { readonly role: string; readonly max?: number } & pg.PoolConfig,
): pg.Pool {
  const { role, ...rest } = options;
  const pool = new pg.Pool({ connectionString: url, application_name: `computescan-${role}`, max: 10, types, ...rest });
  // An idle connection that breaks is replaced by the pool; the next query reports what is wrong.
  pool.on('error', () => undefined);
  return pool;
}

/** Brings the database to this version's schema. Two processes may call it at once: the second waits. */
export async function migrate(url: string): Promise<{ readonly applied: readonly string[] }> {
  const lock = new pg.Client({ connectionString: url });
  // What breaks the connection shows in the next query.
  lock.on('error', () => undefined);
  await lock.connect().catch((thrown: unknown) => {
    throw new UserError(
      `Expected a Postgres server at the database URL, got: ${toMessage(thrown)}. Check DATABASE_URL.`,
    );
  });
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const pending = await listPending(lock);
    if (pending.length === 0) return { applied: [] };
    // A migration may drop or change an index, which must be there for that.
    await restoreIndexes([lock]);
    await apply(lock, pending);
    return { applied: pending.map(({ name }) => name) };
  } finally {
    await lock.end();
  }
}

type Migration = (typeof migrations)[number];

async function listPending(client: pg.ClientBase): Promise<readonly Migration[]> {
  const { rows: tables } = await client.query<{ found: boolean }>(
    "select to_regclass('migrations') is not null as found",
  );
  if (!tables[0]?.found) return migrations;
  const { rows } = await client.query<{ name: string }>('select name from migrations');
  const applied = new Set(rows.map(({ name }) => name));
  return migrations.filter(({ name }) => !applied.has(name));
}

/**
 * As `DataSource.runMigrations` does it, with its table, all in one transaction. TypeORM itself is left out: its loading
 * takes longer than all else that a start does, and 30 MB for as long as the process lives.
 */
async function apply(client: pg.ClientBase, pending: readonly Migration[]): Promise<void> {
  // Migrations use nothing else of it.
  const runner = { query: (text: string) => client.query(text) } as unknown as QueryRunner;
  await client.query('begin');
  try {
    await client.query(
      'create table if not exists migrations (id serial primary key, timestamp bigint not null, name varchar not null)',
    );
    for (const migration of pending) {
      await new migration().up(runner);
      const { name } = migration;
      const timestamp = name.slice(-TIMESTAMP_DIGITS);
      await client.query('insert into migrations (timestamp, name) values ($1, $2)', [timestamp, name]);
    }
    await client.query('commit');
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}

/** A migration's name ends with the milliseconds of its making. */
const TIMESTAMP_DIGITS = 13;

/** Any constant will do, so long as every version of the product takes the same. */
const MIGRATION_LOCK = 7_264_019;
