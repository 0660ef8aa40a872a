import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { createGuardedHttp, type GuardedHttp } from '../../../schema/lib/guardedHttp/createGuardedHttp.js';
import { GuardedHttpError } from '../../../schema/lib/guardedHttp/GuardedHttpError.js';
import { getNetwork } from '../../../schema/protocols/protocols.js';
import { listen, openWebServer, type WebServer } from '../../../test/openWebServer.js';
import { selfSigned } from '../../../test/selfSigned.js';
import { silentLog } from '../../../test/silentLog.js';
import { createTestDatabase, type TestDatabase } from '../../../test/testDatabase.js';
import { createProber } from './createProber.js';
import { judgeBlind } from './judgeBlind.js';
import { listAssignments } from './probes.js';

const START = Date.UTC(2026, 0, 10, 12, 34, 56);
let now = new Date(START);
let database: TestDatabase;
let pool: pg.Pool;
let web: WebServer;
/** Speaks TLS with a certificate of its own; takes connections and says nothing; hangs up at once; listens no more. */
const peers: Record<'tls' | 'mute' | 'rude' | 'closed', { readonly port: number; readonly connections: number }> = {
  ...{ tls: { port: 0, connections: 0 }, mute: { port: 0, connections: 0 } },
  ...{ rude: { port: 0, connections: 0 }, closed: { port: 0, connections: 0 } },
};
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test', max: 4 });
  web = await openWebServer((request, response) => {
    const [, status = ''] = /^\/(\d{3})/.exec(request.url ?? '') ?? [];
    if (status !== '') response.writeHead(Number(status), status === '302' ? { location: '/302' } : {}).end();
  });
  const quiet = (socket: Socket) => void socket.on('error', () => undefined);
  const tls = createTlsServer({ ...selfSigned, ALPNProtocols: ['h2'] }, quiet).on('tlsClientError', () => undefined);
  const servers = {
    ...{ tls: await listen(tls), mute: await listen(createTcpServer(quiet)), closed: await listen(createTcpServer()) },
    rude: await listen(createTcpServer((socket) => socket.destroy())),
  };
  await servers.closed.close();
  Object.assign(peers, servers);
  ends.push(web.close, servers.tls.close, servers.mute.close, servers.rude.close);
});

afterAll(async () => {
  for (const end of ends) await end();
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  now = new Date(START);
  await pool.query('truncate provider, node, probe_target, reach_hour, reach_blind, score_reading');
});

async function addProvider(network: string, name: string, uri: string): Promise<void> {
  await pool.query(
    `insert into provider (id, network_id, chain_id, native_id, uri, active, height, time, last_height, last_time)
     values ($1, $2, 1, $3, $4, true, 1, now(), 1, now()) on conflict (id) do update set uri = excluded.uri`,
    [`${network}:${name}`, network, name, uri],
  );
}

async function addNode(network: string, name: string, uri: string, active: boolean | null = true): Promise<void> {
  await pool.query(
    `insert into node (id, network_id, chain_id, native_id, provider_id, uri, active, height, time)
     values ($1, $2, 1, $3, $4, $5, $6, 1, now())`,
    [`${network}:node:${name}`, network, name, `${network}:p`, uri, active],
  );
}

/** Asks everyone who is due, as one probe asks on a network. */
async function askAll(network: string, probeId: string, http: GuardedHttp = createGuardedHttp({ allowPrivate: true })) {
  const sources = { 'livepeer-leaderboard': `${web.origin}/api/raw_stats` };
  const assignments = listAssignments([getNetwork(network)], sources)
    .filter(({ probe }) => probe.id === probeId)
    .map((one) => ({ ...one, probe: { ...one.probe, deadlineMs: 300 } }));
  expect(assignments).toHaveLength(1);
  const prober = createProber({
    ...{ pool, http, assignments, observer: 'local', concurrency: 4, log: silentLog },
    runtime: { now: () => performance.now(), wallTime: () => now, random: () => 0.5 },
  });
  await prober.findTargets();
  let asked = 0;
  for (let begun = await prober.askDue(); begun > 0; begun = await prober.askDue()) {
    asked += begun;
    await prober.settle();
  }
  return asked;
}

const listTargets = async () =>
  (
    await pool.query<Record<string, unknown>>(
      `select target, provider_id as provider, node_id as node, failures, error_reason as reason, url, host,
         last_success as success, next_due as due from probe_target order by target`,
    )
  ).rows;
const listReach = async () =>
  (
    await pool.query<Record<string, unknown>>(
      `select target, hour, provider_id as provider, node_id as node, observer, asked::text, answered::text,
         reached::text, latency_us[35] as latency from reach_hour order by target, hour`,
    )
  ).rows;

const HOUR = Math.floor(START / 3_600_000);
/** Of minute 34. */
const BIT = String(2n ** 34n);
const reached = { asked: BIT, answered: BIT, reached: BIT, latency: expect.any(Number) };
const refused = { asked: BIT, answered: BIT, reached: '0', latency: null };
const silent = { asked: BIT, answered: '0', reached: '0', latency: null };

const origin = () => web.origin;
const at = (scheme: string, peer: keyof typeof peers) => () => `${scheme}://127.0.0.1:${peers[peer].port}`;

describe('whether somebody is there', () => {
  const marlin = ['marlin-arbitrum', 'marlin-control-plane'] as const;
  const livepeer = ['livepeer-arbitrum', 'livepeer-service'] as const;
  const http = ['0g-compute-mainnet', 'http'] as const;
  const tcp = ['compute-market-devnet', 'tcp'] as const;

  it.each([
    [...marlin, '200', () => `${origin()}/200`, reached, null],
    [...marlin, '405', () => `${origin()}/405`, reached, null],
    [...marlin, '404', () => `${origin()}/404`, refused, 'badStatus'],
    [...marlin, '503', () => `${origin()}/503`, refused, 'badStatus'],
    [...marlin, '302', () => `${origin()}/302`, refused, 'tooManyRedirects'],
    [...marlin, 'nothing', () => `${origin()}/silent`, silent, 'timeout'],
    [...marlin, 'a closed port', at('http', 'closed'), silent, 'unreachable'],
    [...livepeer, 'TLS', at('https', 'tls'), reached, null],
    [...livepeer, 'no TLS', at('https', 'mute'), silent, 'timeout'],
    [...livepeer, 'a hang-up', at('https', 'rude'), silent, 'unreachable'],
    [...livepeer, 'a closed port', at('https', 'closed'), silent, 'unreachable'],
    [...livepeer, 'a bare connection', at('http', 'mute'), reached, null],
    [...http, '200', () => `${origin()}/200`, reached, null],
    [...http, '404', () => `${origin()}/404`, reached, null],
    [...http, '401', () => `${origin()}/401`, reached, null],
    [...http, '501', () => `${origin()}/501`, reached, null],
    [...http, '502', () => `${origin()}/502`, refused, 'badStatus'],
    [...http, 'a certificate of its own', at('https', 'tls'), silent, 'unreachable'],
    [...http, 'nothing', () => `${origin()}/silent`, silent, 'timeout'],
    [...tcp, 'a bare connection', at('tcp', 'mute'), reached, null],
    [...tcp, 'a closed port', at('tcp', 'closed'), silent, 'unreachable'],
  ] as const)('%s, %s: of one that gives %s', async (network, probe, _what, toUri, expected, reason) => {
    await addProvider(network, 'p', toUri());
    expect(await askAll(network, probe)).toBe(1);
    const names = { target: 'p', provider: `${network}:p`, node: null };
    expect(await listReach()).toEqual([{ ...names, hour: HOUR, observer: 'local', ...expected }]);
    expect(await listTargets()).toMatchObject([
      { ...names, reason, failures: reason === null ? 0 : 1, success: reason === null ? now : null },
    ]);
  });

  it('is asked by the head alone, at the path that counts', async () => {
    const before = web.requests.length;
    await addProvider('marlin-arbitrum', 'p', `${web.origin}/200/`);
    await askAll('marlin-arbitrum', 'marlin-control-plane');
    expect(web.requests.slice(before).map(({ method, url }) => [method, url])).toEqual([['HEAD', '/200/spec']]);
  });

  it('is asked of machines too, and of each by its own scheme', async () => {
    const network = 'compute-market-devnet';
    await addProvider(network, 'p', `${web.origin}/200`);
    await addNode(network, 'own', ` HTTP://localhost:${web.port}/200`);
    await addNode(network, 'same', `${web.origin}/200`);
    await addNode(network, 'retired', `${web.origin}/200/retired`, false);
    await addNode(network, 'unsaid', `${web.origin}/200/unsaid`, null);
    await addNode(network, 'peer', `tcp://LOCALHOST:${peers.mute.port}`);
    expect(await askAll(network, 'http')).toBe(3);
    const provider = `${network}:p`;
    expect(await listReach()).toMatchObject([
      { target: 'node:own', provider, node: `${network}:node:own`, ...reached },
      { target: 'node:unsaid', provider, node: `${network}:node:unsaid`, ...reached },
      { target: 'p', provider, node: null, ...reached },
    ]);
    await pool.query('truncate probe_target, reach_hour');
    expect(await askAll(network, 'tcp')).toBe(1);
    expect(await listReach()).toMatchObject([{ target: 'node:peer', node: `${network}:node:peer`, ...reached }]);
    expect(await listTargets()).toMatchObject([{ url: `tcp://localhost:${peers.mute.port}`, host: 'localhost' }]);
  });

  it.each([
    ['a text', 'badUrl'],
    ['https://user:secret@cp.example', 'badUrl'],
    ['https://cp.example:22', 'badUrl'],
    ['http://127.0.0.1:8080', 'blockedAddress'],
    ['https://cp.internal', 'blockedAddress'],
  ])('is not asked of %s, which is no evidence that nobody is', async (uri, reason) => {
    for (const [network, probe] of [marlin, livepeer]) {
      await addProvider(network, 'p', uri);
      await askAll(network, probe, createGuardedHttp());
    }
    expect(await listReach()).toEqual([]);
    const targets = await listTargets();
    expect(targets).toMatchObject([
      { failures: 1, reason },
      { failures: 1, reason },
    ]);
    expect(JSON.stringify(targets)).not.toContain('secret');
  });

  it('is nobody else\u2019s fault where this machine has no way out', async () => {
    const cut = Object.assign(new Error('no way'), { code: 'ENETUNREACH' });
    await addProvider('livepeer-arbitrum', 'p', 'https://orchestrator.example:8935');
    const http = createGuardedHttp({ resolve: () => Promise.reject(cut) });
    await askAll('livepeer-arbitrum', 'livepeer-service', http);
    expect(await listReach()).toEqual([]);
    const due = new Date(START + 300_000);
    expect(await listTargets()).toMatchObject([{ failures: 0, reason: 'unreachable', success: null, due }]);
  });

  it('is asked of the dead once an hour at least, whatever chance says, and of the living every five minutes', async () => {
    await addProvider('livepeer-arbitrum', 'p', at('https', 'closed')());
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      await askAll('livepeer-arbitrum', 'livepeer-service');
      const [{ due }] = (await listTargets()) as [{ due: Date }];
      waits.push((due.getTime() - now.getTime()) / 1_000);
      now = due;
    }
    expect(waits).toEqual([300, 600, 1_200, 2_400, 3_240, 3_240, 3_240]);
    await addProvider('livepeer-arbitrum', 'p', at('https', 'tls')());
    await askAll('livepeer-arbitrum', 'livepeer-service');
    expect(await listTargets()).toMatchObject([{ failures: 0, due: new Date(now.getTime() + 300_000) }]);
  });

  it('is unknown, and blames nobody, while nobody answers this instance', async () => {
    const hosts = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
    for (const [index, host] of hosts.entries()) {
      await addProvider('livepeer-arbitrum', `p${index}`, `https://${host}:${peers.closed.port}`);
    }
    const open = createGuardedHttp({ allowPrivate: true });
    const answering: GuardedHttp = { ...open, connect: async () => ({ tls: undefined }) };
    const silence: GuardedHttp = {
      ...open,
      connect: async () => Promise.reject(new GuardedHttpError('timeout', 'no')),
    };
    const ask = (http: GuardedHttp) => askAll('livepeer-arbitrum', 'livepeer-service', http);
    expect(await ask(answering)).toBe(4);
    now = new Date(START + 330_000);
    expect(await ask(silence)).toBe(4);
    expect((await listTargets()).map(({ failures }) => failures)).toEqual([1, 1, 1, 1]);
    expect(await judgeBlind(pool, 'local', now)).toBe(4);
    now = new Date(START + 660_000);
    expect(await ask(answering)).toBe(4);
    await judgeBlind(pool, 'local', now);
    const { rows } = await pool.query(
      `select distinct bit_count((asked & (answered | ~blind))::bit(64)) as known, bit_count(reached::bit(64)) as reached
       from reach_hour join reach_blind using (observer, hour)`,
    );
    expect(rows).toEqual([{ known: 2, reached: 2 }]);
  });
});

describe("Livepeer's leaderboard", () => {
  it('is asked about each orchestrator, by one request at a time, and kept as its word', async () => {
    const record = { success_rate: 1, round_trip_time: 1.5, timestamp: START / 1_000 - 600 };
    const asked: string[] = [];
    const server = await openWebServer((request, response) => {
      asked.push(request.url ?? '');
      const answer = { FRA: [record], MDW: [{ ...record, timestamp: START / 1_000 + 3_600 }] };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    try {
      for (const name of ['0xa', '0xb']) await addProvider('livepeer-arbitrum', name, 'https://nobody.example');
      const assignments = listAssignments([getNetwork('livepeer-arbitrum')], {
        'livepeer-leaderboard': `${server.origin}/api/raw_stats`,
      }).filter(({ probe }) => probe.kind === 'scores');
      const prober = createProber({
        ...{ pool, http: createGuardedHttp({ allowPrivate: true }), assignments, observer: 'local', concurrency: 4 },
        ...{ log: silentLog, runtime: { now: () => 0, wallTime: () => now, random: () => 0.5 } },
      });
      await prober.findTargets();
      expect(await prober.askDue()).toBe(1);
      await prober.settle();
      expect(await prober.askDue()).toBe(1);
      await prober.settle();
      expect(asked.sort()).toEqual(['/api/raw_stats?orchestrator=0xa', '/api/raw_stats?orchestrator=0xb']);
      const { rows } = await pool.query('select * from score_reading order by provider_id, metric');
      const common = {
        network_id: 'livepeer-arbitrum',
        probe: 'livepeer-leaderboard',
        region: 'FRA',
        observer: 'local',
      };
      const times = {
        source_time: new Date(START - 600_000),
        last_seen: now,
        source_url: `${server.origin}/api/raw_stats`,
      };
      expect(rows).toEqual(
        ['0xa', '0xb'].flatMap((name) =>
          [
            { metric: 'rtt_us', value: 1_500_000 },
            { metric: 'success_permille', value: 1_000 },
          ].map((one) => ({ ...common, ...times, ...one, provider_id: `livepeer-arbitrum:${name}` })),
        ),
      );
    } finally {
      await server.close();
    }
  });
});
