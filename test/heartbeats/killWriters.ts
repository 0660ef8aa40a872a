/**
 * `node --import ./test/simulation/runTypeScript.mjs test/heartbeats/killWriters.ts [kills]`: kills writers under load, on a
 * Postgres of its own that syncs as in production. Its last line is the result in JSON; SEED repeats what chance drew.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropPostgres, openPostgres } from '../../cli/postgres/openPostgres.js';
import { migrate } from '../../schema/database.js';
import { createRandom } from '../simulation/createRandom.js';
import { feedAndKill } from './feedAndKill.js';

const kills = Number(process.argv[2] ?? 100);
const random = createRandom(Number(process.env.SEED ?? 5), 'kills');
const dataDir = await mkdtemp(join(tmpdir(), 'computescan-kills-'));
// Under root the server runs as another user, who must get to it.
await chmod(dataDir, 0o711);
const server = await openPostgres({ dataDir });
try {
  await migrate(server.url);
  const result = await feedAndKill({ databaseUrl: server.url, kills, random });
  console.log(JSON.stringify(result));
  process.exitCode = result.lost + result.doubled === 0 ? 0 : 1;
} finally {
  await server.stop();
  await dropPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true });
}
