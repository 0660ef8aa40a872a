/** One real Postgres for the whole run; every suite creates databases of its own in it (`createTestDatabase`). */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function start() {
  if (process.env.TEST_DATABASE_URL) return;
  const { openPostgres } = await import('../dist/cli/postgres/openPostgres.js');
  const directory = mkdtempSync(join(tmpdir(), 'computescan-test-'));
  // Under root the server runs as another user, who must get to it.
  chmodSync(directory, 0o711);
  const postgres = await openPostgres({ dataDir: directory, settings: { fsync: 'off' } });
  globalThis.testPostgres = { postgres, directory };
  process.env.TEST_DATABASE_URL = postgres.url;
}
