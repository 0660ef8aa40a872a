import pg from 'pg';
import { openPostgres } from '../../../dist/cli/postgres/openPostgres.js';
import { readCpuSeconds } from './startProcess.mjs';

/** Room for a sync that writes hundreds of megabytes; durability stays on, as everywhere. */
const settings = { shared_buffers: '512MB', max_wal_size: '4GB' };

/** A Postgres of the benchmark's own, which every subject gets a fresh database in. */
export async function openServer(dataDir, more = {}) {
  const server = await openPostgres({ dataDir, settings: { ...settings, ...more } });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const { rows } = await admin.query(`
    select name, setting, unit from pg_settings
    where name in ('shared_buffers', 'max_wal_size', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_level')`);
  return {
    title: `PostgreSQL ${server.version}: ${rows.map(({ name, setting, unit }) => `${name} ${setting}${unit ?? ''}`).join(', ')}`,
    url: server.url,
    cpuSeconds: () => readCpuSeconds(server.pid),
    /** Of a database that is there already. */
    urlOf: (name) => toUrl(server.url, name),
    async createDatabase(name) {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`create database ${name}`);
      // What earlier runs left to be written is not this one's to pay.
      await admin.query('checkpoint');
      return toUrl(server.url, name);
    },
    /** What is done to the copy the original does not know. */
    async copyDatabase(from, name) {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.query(`create database ${name} template ${from} strategy file_copy`);
      await admin.query('checkpoint');
      return toUrl(server.url, name);
    },
    dropDatabase: (name) => admin.query(`drop database if exists ${name} with (force)`),
    async sizeMb(name) {
      const { rows: sizes } = await admin.query('select pg_database_size($1) as bytes', [name]);
      return Number(sizes[0].bytes) / 2 ** 20;
    },
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}

function toUrl(serverUrl, name) {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
