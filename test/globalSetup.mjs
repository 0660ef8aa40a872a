/**
 * One real Postgres for the whole run; every suite creates databases of its own in it (`createTestDatabase`), as copies of one that is
 * migrated once: migrations take ten times as long as the copy.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export default async function start() {
  process.env.TEST_DATA_DIR = await findDataDir();
  if (!process.env.TEST_DATABASE_URL) await startPostgres();
  await createTemplate(process.env.TEST_DATABASE_URL);
}

async function startPostgres() {
  const { openPostgres } = await import('../dist/cli/postgres/openPostgres.js');
  const directory = mkdtempSync(join(process.env.TEST_DATA_DIR, `${PREFIX}${process.pid}-`));
  // Under root the server runs as another user: what that one may not enter would lie elsewhere.
  chmodSync(directory, 0o755);
  const postgres = await openPostgres({ dataDir: directory, settings: { fsync: 'off', max_wal_size: '256MB' } });
  globalThis.testPostgres = { postgres, directory };
  process.env.TEST_DATABASE_URL = postgres.url;
}

const MEMORY = '/dev/shm';
const PREFIX = 'computescan-test-';
const LEAST_BYTES = 4 * 2 ** 30;

/**
 * In memory, where there is room for it. Databases of tests are three hundred files each, made and deleted by the hundred; ext4 passes by every
 * file that was deleted lately when it makes one, so that the copy of a database takes half a second there and a tenth of it in memory.
 */
async function findDataDir() {
  try {
    await clear(MEMORY);
    const { bavail, bsize } = await statfs(MEMORY);
    return bavail * bsize >= LEAST_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** What a run left that was killed. */
async function clear(directory) {
  for (const name of await readdir(directory)) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (name.startsWith(PREFIX) && pid > 0 && !isAlive(pid)) await rm(join(directory, name), { recursive: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown.code === 'EPERM';
  }
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
