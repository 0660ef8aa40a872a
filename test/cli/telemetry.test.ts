import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openWebServer, type WebServer } from '../openWebServer.js';
import { runCommand } from '../product.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';

const command = join(fileURLToPath(new URL('../..', import.meta.url)), 'cli/computescan.mjs');
const card = { instance: 'c5.xlarge', min_rate: '52500000000000', cpu: 2, memory: 4096 };

describe('computescan telemetry', () => {
  let database: TestDatabase;
  let provider: WebServer;
  beforeAll(async () => {
    database = await createTestDatabase();
    provider = await openWebServer((request, response) => {
      // Both are there; of the second nobody ever gets an answer.
      if (request.method === 'HEAD') return response.end();
      if (request.url !== '/spec') return;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify([{ region: 'us-east-1', rate_cards: [card] }]));
    });
  });
  afterAll(async () => {
    await provider.close();
    await database.drop();
  });

  it('asks whom the facts name until SIGTERM, and drains', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const uris = [provider.origin, `http://localhost:${provider.port}/silent`];
    for (const [at, uri] of uris.entries()) {
      await client.query(
        `insert into provider (id, network_id, chain_id, native_id, uri, active, height, time, last_height, last_time)
         values ($1, 'marlin-arbitrum', 42161, $2, $3, true, 1, now(), 1, now())`,
        [`marlin-arbitrum:p${at}`, `p${at}`, uri],
      );
    }
    const { NODE_OPTIONS: _, ...env } = process.env;
    const settings = { COMPUTESCAN_NETWORKS: 'marlin-arbitrum', PROBE_ALLOW_PRIVATE: 'on', DATABASE_URL: database.url };
    const child = spawn(process.execPath, [command, 'telemetry'], {
      env: { ...env, ...settings, HEARTBEAT_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      const isDone = async () =>
        (await client.query('select 1 from price_reading')).rowCount === 1 &&
        (await client.query("select 1 from reach_hour where target = 'p0' and reached <> 0")).rowCount === 1 &&
        provider.requests.filter(({ method }) => method === 'GET').length === 2;
      while (child.exitCode === null && !(await isDone())) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(output).toContain('Asking for marlin-spec of marlin-arbitrum, marlin-control-plane of marlin-arbitrum');
      const since = performance.now();
      child.kill('SIGTERM');
      expect(await exited).toBe(0);
      expect(performance.now() - since).toBeLessThan(10_000);
      const { rows } = await client.query(
        `select probe, target, failures, last_success is not null as answered, next_due <= now() as due from probe_target
         where probe = 'marlin-spec' or target = 'p0' order by target, probe desc`,
      );
      expect(rows).toEqual([
        { probe: 'marlin-spec', target: 'p0', failures: 0, answered: true, due: false },
        { probe: 'marlin-control-plane', target: 'p0', failures: 0, answered: true, due: false },
        { probe: 'marlin-spec', target: 'p1', failures: 0, answered: false, due: true },
      ]);
    } finally {
      child.kill('SIGKILL');
      await client.end();
    }
  });

  it('takes heartbeats where nobody is asked, and says where', async () => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const settings = { COMPUTESCAN_NETWORKS: 'iexec-devnet', HEARTBEAT_PORT: '0', DATABASE_URL: database.url };
    const child = spawn(process.execPath, [command, 'telemetry'], {
      env: { ...env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      const find = () => /Heartbeats at (http:\S+)/.exec(output)?.[1];
      while (child.exitCode === null && !find()) await new Promise((resolve) => setTimeout(resolve, 50));
      const ready = await fetch(`${find()}/health/ready`);
      expect(ready.status).toBe(200);
      const refused = await fetch(`${find()}/v1/heartbeats`, { method: 'POST', body: '{}' });
      expect(await refused.json()).toMatchObject({
        code: expect.any(String),
        message: expect.stringMatching(/Expected/),
      });
      child.kill('SIGTERM');
      expect(await exited).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it.each([
    [{ PROBES: 'off', TELEMETRY_PARTS: 'probes' }, /Expected probes to run, found PROBES=off/],
    [
      { COMPUTESCAN_NETWORKS: 'iexec-devnet', TELEMETRY_PARTS: 'probes' },
      /Expected a network that is asked off chain.*none on a public chain/,
    ],
    [{ TELEMETRY_PARTS: 'gateway,roller' }, /Expected gateway and writer together, got TELEMETRY_PARTS=gateway,roller/],
    [{ TELEMETRY_PARTS: 'kitchen' }, /TELEMETRY_PARTS: expected names out of gateway, writer, roller, probes/],
    [{ HEARTBEAT_MAC_KEY: 'secret' }, /HEARTBEAT_MAC_KEY: expected 64 hexadecimal digits/],
    [{ HEARTBEAT_HOST: '192.0.2.1', HEARTBEAT_PORT: '0' }, /EADDRNOTAVAIL|192\.0\.2\.1/],
    [{ PROBE_NETWORKS: 'nobody' }, /Expected a network out of .*got "nobody"/],
    [{ PROBE_SOURCES: 'elsewhere=https://a.example' }, /PROBE_SOURCES: expected source=url entries/],
  ])('says in a sentence what is wrong with %o', async (variables, sentence) => {
    const { code, output } = await runCommand(['telemetry'], { DATABASE_URL: database.url, ...variables });
    expect(output).toMatch(sentence);
    expect(code).toBe(1);
  });
});
