/**
 * One real Postgres for the whole run; every suite creates databases of its own in it (`createTestDatabase`), as copies of one that is
 * migrated once: migrations take ten times as long as the copy.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export default async function start() {
  if (!process.env.TEST_DATABASE_URL) await startPostgres();
  await createTemplate(process.env.TEST_DATABASE_URL);
}

async function startPostgres() {
  const { openPostgres } = await import('../dist/cli/postgres/openPostgres.js');
  const directory = mkdtempSync(join(tmpdir(), 'computescan-test-'));
  // Under root the server runs as another user, who must get to it.
  chmodSync(directory, 0o711);
  const postgres = await openPostgres({ dataDir: directory, settings: { fsync: 'off' } });
  globalThis.testPostgres = { postgres, directory };
  process.env.TEST_DATABASE_URL = postgres.url;
}

async function createTemplate(server) {
  const { migrate } = await import('../dist/schema/database.js');
  const name = `test_template_${process.pid}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href);
  globalThis.testTemplate = { server, name };
  process.env.TEST_DATABASE_TEMPLATE = name;
}
