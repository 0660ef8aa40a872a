/**
 * `npm run bench:profile -- dense-100k [NAME=value …]`: one sync of ours, and where its time went: functions of the
 * indexer by their own time, statements of Postgres, sizes of tables. Names and values are environment of the indexer.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { compile } from '../../cli/compile.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.data', 'bench');
const TOP = 25;

async function profile(chainName, env) {
  const { getChain } = await import('./chain/getChain.mjs');
  const { measureSync } = await import('./run/measureSync.mjs');
  const { openServer } = await import('./run/openServer.mjs');
  const { startNode } = await import('./run/startNode.mjs');
  const { ourIndexer } = await import('./subjects/ourIndexer.mjs');
  const profileFolder = join(folder, 'profile');
  rmSync(profileFolder, { recursive: true, force: true });
  mkdirSync(profileFolder, { recursive: true });
  const chain = await getChain(chainName, join(folder, 'chains'), console.log);
  const node = await startNode({ folder: chain.folder, chainId: chain.meta.chainId, logTime: false });
  const server = await openServer(join(folder, 'postgres'), { shared_preload_libraries: 'pg_stat_statements' });
  let client;
  try {
    const observed = {
      ...server,
      async createDatabase(database) {
        const connectionString = await server.createDatabase(database);
        client = new pg.Client({ connectionString });
        await client.connect();
        await client.query('create extension pg_stat_statements; select pg_stat_statements_reset()');
        return connectionString;
      },
    };
    const options = { logTime: false, env, profileFolder };
    const measured = await measureSync({
      subject: ourIndexer,
      chain,
      node,
      server: observed,
      options,
      workFolder: folder,
    });
    console.log(measured);
    console.table(listFunctions(profileFolder));
    for (const query of [statements, sizes]) console.table((await client.query(query)).rows);
  } finally {
    await client?.end();
    await node.stop();
    await server.stop();
  }
}

const statements = `
  select calls, round(total_exec_time) as ms, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as statement
  from pg_stat_statements order by total_exec_time desc limit ${TOP}`;

const sizes = `
  select relname, n_tup_ins as inserted, n_tup_upd as updated, n_tup_hot_upd as hot,
    pg_size_pretty(pg_relation_size(relid)) as "table", pg_size_pretty(pg_indexes_size(relid)) as indexes
  from pg_stat_user_tables where n_tup_ins > 0 order by pg_total_relation_size(relid) desc`;

/** Milliseconds that each function spent in itself, from the profiles that Node wrote. */
function listFunctions(profileFolder) {
  const own = new Map();
  for (const file of readdirSync(profileFolder)) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(profileFolder, file), 'utf8'));
    const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
    for (const [index, id] of samples.entries()) {
      const { functionName, url, lineNumber } = byId.get(id);
      const place = url.replace(/^.*\/(dist|node_modules)\//, '');
      const key = `${functionName || '(anonymous)'} ${place}:${lineNumber + 1}`;
      own.set(key, (own.get(key) ?? 0) + timeDeltas[index] / 1000);
    }
  }
  const sorted = [...own].sort((one, other) => other[1] - one[1]).slice(0, TOP);
  return sorted.map(([where, ms]) => ({ ms: Math.round(ms), where }));
}

const [name = 'dense-100k', ...variables] = process.argv.slice(2);
await compile({ root });
await profile(name, Object.fromEntries(variables.map((entry) => entry.split(/=(.*)/s).slice(0, 2))));
