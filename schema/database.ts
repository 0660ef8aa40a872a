import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from './entities/entities.js';
import { toMessage, UserError } from './lib/errors.js';
import { migrations } from './migrations/migrations.js';
import { SnakeNaming } from './SnakeNaming.js';

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

/** TypeORM's door: entities, migrations and simple look-ups. */
export function createDataSource(url: string, role: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    migrationsTransactionMode: 'each',
    applicationName: `computescan-${role}`,
  });
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
  const source = createDataSource(url, 'migrate');
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.initialize();
    const applied = await source.runMigrations();
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    if (source.isInitialized) await source.destroy();
    await lock.end();
  }
}

/** Any constant will do, so long as every version of the product takes the same. */
const MIGRATION_LOCK = 7_264_019;
