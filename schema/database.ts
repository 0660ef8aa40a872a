import pg from 'pg';
import { toMessage, UserError } from './lib/errors.js';
import { migrations } from './migrations/migrations.js';
import { restoreIndexes } from './restoreIndexes.js';

/** Heights and counts fit a double exactly (below 2^53); anything larger is `numeric` and stays text. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, (value) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`int8 ${value} does not fit a safe integer`);
  return number;
});

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
    if (await isCurrent(lock)) return { applied: [] };
    // A migration may drop or change an index, which must be there for that.
    await restoreIndexes([lock]);
    // Loading TypeORM takes longer than all else that a start does; a database that is up to date needs none of it.
    const { createDataSource } = await import('./createDataSource.js');
    const source = createDataSource(url, 'migrate');
    try {
      await source.initialize();
      const applied = await source.runMigrations();
      return { applied: applied.map((migration) => migration.name) };
    } finally {
      if (source.isInitialized) await source.destroy();
    }
  } finally {
    await lock.end();
  }
}

async function isCurrent(client: pg.ClientBase): Promise<boolean> {
  const { rows: tables } = await client.query<{ found: boolean }>(
    "select to_regclass('migrations') is not null as found",
  );
  if (!tables[0]?.found) return false;
  const { rows } = await client.query<{ name: string }>('select name from migrations');
  const applied = new Set(rows.map(({ name }) => name));
  return migrations.every(({ name }) => applied.has(name));
}

/** Any constant will do, so long as every version of the product takes the same. */
const MIGRATION_LOCK = 7_264_019;
