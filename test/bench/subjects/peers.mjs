import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Row name, and the entry of `indexers.json` in the folder of BENCH_PEERS. */
const wanted = { 'Ponder 1.0.0': 'ponder-1.0.0', 'Ponder 0.16.10': 'ponder-0.16', 'Envio 2.32': 'envio-2.32' };
const PORT = 42_169;
const FETCH_TIMEOUT_MS = 5_000;

export const peerNames = Object.keys(wanted);

/**
 * Other indexers, by what the folder of BENCH_PEERS says of them: `indexers.json` (how to start each, when it is ready,
 * how its state reads) and `setup.sh <scratch>`, which installs them, once, into our data folder. Those that are not
 * there come back with the reason.
 */
export function listPeers({ folder, scratch, say }) {
  if (!folder) return absent('BENCH_PEERS is not set');
  const file = join(resolve(folder), 'indexers.json');
  if (!existsSync(file)) return absent(`${file} does not exist`);
  const specs = JSON.parse(readFileSync(file, 'utf8'));
  const prepared = prepare({ folder: resolve(folder), scratch, say });
  return Object.entries(wanted).map(([name, key]) => {
    const spec = specs[key];
    if (!spec) return { name, reason: `${file} has no entry ${key}` };
    const app = join(scratch, spec.app);
    if (!existsSync(join(app, 'node_modules'))) return { name, reason: prepared ?? `${app} is not installed` };
    return { name, subject: toSubject({ name, spec, app, here: resolve(folder) }) };
  });
}

function absent(reason) {
  return peerNames.map((name) => ({ name, reason }));
}

/** The reason why it failed, if it did. */
function prepare({ folder, scratch, say }) {
  const done = join(scratch, '.prepared');
  if (existsSync(done)) return undefined;
  say('Installing the peers, once; this takes minutes …');
  mkdirSync(scratch, { recursive: true });
  const { status, stderr } = spawnSync('bash', [join(folder, 'setup.sh'), scratch], { encoding: 'utf8' });
  if (status !== 0) return `setup.sh ended with ${status}: ${stderr.trim().split('\n').at(-1)}`;
  writeFileSync(done, '');
  return undefined;
}

function toSubject({ name, spec, app, here }) {
  const readUrl = async (template, values) => {
    const response = await fetch(fill(template, values), { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    return response.ok ? response : undefined;
  };
  let values = {};
  return {
    name,
    toProcess({ chain, nodeUrl, databaseUrl }) {
      const database = new URL(databaseUrl);
      values = {
        here,
        chain: chain.folder,
        rpc: nodeUrl,
        port: String(PORT),
        pg: databaseUrl,
        pgPort: database.port,
        pgDatabase: database.pathname.slice(1),
        pglite: '',
        lastEventBlock: String(chain.meta.lastEventBlock),
        range10k: String(toBlocksOf(10_000, chain.meta)),
      };
      rmSync(join(app, '.ponder'), { recursive: true, force: true });
      const env = Object.fromEntries(Object.entries(spec.env).map(([key, text]) => [key, fill(text, values)]));
      // Written for a server that trusts everyone; ours does not.
      if (env.ENVIO_PG_USER) env.ENVIO_PG_USER = decodeURIComponent(database.username);
      if (env.ENVIO_PG_PASSWORD) env.ENVIO_PG_PASSWORD = decodeURIComponent(database.password);
      const [command, ...args] = spec.cmd.map((text) => fill(text, values));
      return { command, args, cwd: join(app, spec.cwd ?? '.'), env: { NO_COLOR: '1', ...env } };
    },
    async isReady(client) {
      if (spec.readyUrl) return (await readUrl(spec.readyUrl, values).catch(() => undefined)) !== undefined;
      const { rows } = await client.query(fill(spec.readySql, values));
      return rows.length > 0 && Object.values(rows[0])[0] === true;
    },
    async readState(client) {
      if (spec.countsUrl) return (await readUrl(spec.countsUrl, values))?.json() ?? {};
      return (await client.query(spec.countsSql)).rows[0];
    },
    toExpected: ({ state }) => state,
  };
}

function toBlocksOf(events, { perTransaction, transactionsPerBlock }) {
  return Math.max(1, Math.round(events / (perTransaction * transactionsPerBlock)));
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}
