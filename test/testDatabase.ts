import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../schema/database.js';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database on the run's Postgres server (see globalSetup.mjs). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('Expected TEST_DATABASE_URL, found none: run the tests by `npm test`.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = process.env.TEST_DATABASE_TEMPLATE;
  // As files: block by block through the log, as is the default, a copy takes three times as long.
  await execute(
    server,
    template ? `create database ${name} template ${template} strategy file_copy` : `create database ${name}`,
  );
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  return { url: url.href, drop: () => execute(server, `drop database ${name} with (force)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
