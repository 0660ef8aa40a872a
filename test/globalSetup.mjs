/** One real Postgres for the whole run; every suite creates databases of its own in it (`createTestDatabase`). */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function start() {
  if (process.env.TEST_DATABASE_URL) return;
  const { openPostgres } = await import('../dist/cli/postgres/openPostgres.js');
  const directory = mkdtempSync(join(tmpdir(), 'computescan-test-'));
  const postgres = await openPostgres({ dataDir: directory, settings: { fsync: 'off' } });
  globalThis.testPostgres = { postgres, directory };
  process.env.TEST_DATABASE_URL = postgres.url;
}
