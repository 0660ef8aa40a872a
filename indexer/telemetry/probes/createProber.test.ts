import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { createGuardedHttp, type GuardedHttp } from '../../../schema/lib/guardedHttp/createGuardedHttp.js';
import { getNetwork } from '../../../schema/protocols/protocols.js';
import { type Internet, openInternet } from '../../../test/openInternet.js';
import { openWebServer, type Serve, type WebServer } from '../../../test/openWebServer.js';
import { describeWithShared, toSharedPath } from '../../../test/sharedData.js';
import { silentLog } from '../../../test/silentLog.js';
import { createTestDatabase, type TestDatabase } from '../../../test/testDatabase.js';
import { createProber, type Prober, type ProberOptions } from './createProber.js';
import { listAssignments } from './probes.js';
import { toWaitSeconds } from './recordOutcome.js';

const NETWORK = 'marlin-arbitrum';
const card = { instance: 'c5.xlarge', min_rate: '52500000000000', cpu: 2, memory: 4096, arch: 'amd64' };
const spec = (...cards: readonly unknown[]) => [{ region: 'us-east-1', rate_cards: cards }];

function sendJson(response: Parameters<Serve>[1], answer: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
}

/** What providers do when they are asked, by the first part of the path. */
const behaviours: Record<string, Serve> = {
  good: (_request, response) => sendJson(response, spec(card)),
  dearer: (_request, response) => sendJson(response, spec({ ...card, min_rate: '60000000000000' })),
  silent: () => undefined,
  slow: (_request, response) => {
    response.setHeader('content-type', 'application/json').write('[');
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(drip));
  },
  huge: (_request, response) => {
    response.setHeader('content-type', 'application/json');
    const filler = Buffer.alloc(65_536, 0x20);
    const pour = () => {
      while (!response.destroyed && response.write(filler));
    };
    response.on('drain', pour);
    pour();
  },
  bomb: (_request, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' })
      .end(brotliCompressSync(Buffer.alloc(1_000_000, 0x20))),
  announced: (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000_000_000 }).flushHeaders(),
  inward: (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:8080/' }).end(),
  broken: (_request, response) => response.writeHead(500).end(),
  text: (_request, response) => response.setHeader('content-type', 'text/html').end('<p>'),
  half: (_request, response) => response.setHeader('content-type', 'application/json').end('[{"region":'),
  shapeless: (_request, response) => sendJson(response, { min_rates: 7 }),
  negative: (_request, response) => sendJson(response, spec({ ...card, min_rate: '-1' })),
  nan: (_request, response) =>
    response.setHeader('content-type', 'application/json').end('[{"region":"a","rate_cards":[NaN]}]'),
  twice: (_request, response) => sendJson(response, spec(card, { ...card, min_rate: '1' })),
  prototype: (_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"__proto__":{"min_rates":[]},"constructor":[]}'),
};

let database: TestDatabase;
let pool: pg.Pool;
let server: WebServer;
let now = new Date('2026-01-10T12:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test', max: 4 });
  server = await openWebServer((request, response) => {
    const [, name = ''] = (request.url ?? '').split('/');
    (behaviours[name] ?? behaviours.good)?.(request, response);
  });
});

afterAll(async () => {
  await server.close();
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  now = new Date('2026-01-10T12:00:00Z');
  await pool.query('truncate provider, price_reading, probe_target');
});

async function addProvider(name: string, uri = `${server.origin}/${name}`): Promise<void> {
  await pool.query(
    `insert into provider (id, network_id, chain_id, native_id, uri, active, height, time, last_height, last_time)
     values ($1, $2, 42161, $3, $4, true, 1, now(), 1, now())
     on conflict (id) do update set uri = excluded.uri`,
    [`${NETWORK}:${name}`, NETWORK, name, uri],
  );
}

function openProber(options: Partial<ProberOptions> = {}): Prober {
  const [assignment] = listAssignments([getNetwork(NETWORK)], {});
  if (!assignment) throw new Error('Marlin Oyster has a probe');
  // What is refused for its slowness need not take that long.
  const hurried = { ...assignment, probe: { ...assignment.probe, deadlineMs: 400 } };
  return createProber({
    ...{ pool, http: createGuardedHttp({ allowPrivate: true }), assignments: [hurried], observer: 'local' },
    ...{
      concurrency: 4,
      log: silentLog,
      runtime: { now: () => performance.now(), wallTime: () => now, random: () => 0.5 },
    },
    ...options,
  });
}

/** Asks everyone who is due, one after the other: they all have one host. */
async function askAll(options: Partial<ProberOptions> = {}): Promise<number> {
  const prober = openProber(options);
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
      `select target, failures, error_reason as reason, error_text as text, prices, refused, last_success as success,
         next_due as due, url from probe_target order by target`,
    )
  ).rows;
const getTarget = async () => (await listTargets())[0] ?? {};
const listAmounts = async () =>
  (await pool.query<{ amount: string }>('select amount from price_reading order by last_seen, amount')).rows.map(
    ({ amount }) => amount,
  );

describe('a probe', () => {
  it('keeps what a provider asks, and asks again when it is due', async () => {
    await addProvider('good');
    expect(await askAll()).toBe(1);
    expect((await pool.query('select * from price_reading')).rows).toMatchObject([
      {
        ...{ network_id: NETWORK, provider_id: `${NETWORK}:good`, basis: 'advertised', unit: 'second', scale: 18 },
        ...{ resource: 'us-east-1 c5.xlarge amd64', amount: '52500000000000', token: `${NETWORK}:usdc` },
        attributes: { cpu: '2', memoryMb: '4096', region: 'us-east-1', instance: 'c5.xlarge', arch: 'amd64' },
        ...{ first_seen: now, last_seen: now, valid_until: new Date(now.getTime() + 5_400_000) },
        source_url: `${server.origin}/good`,
      },
    ]);
    expect(await getTarget()).toMatchObject({
      ...{ failures: 0, reason: null, text: null, prices: 1, refused: 0, success: now },
      due: new Date(now.getTime() + 1_800_000),
    });
    expect(await askAll()).toBe(0);
    now = new Date(now.getTime() + 1_800_000);
    expect(await askAll()).toBe(1);
    expect(await listAmounts()).toEqual(['52500000000000']);
  });

  it('notes a price that has changed beside the one before', async () => {
    await addProvider('good');
    await askAll();
    now = new Date(now.getTime() + 60_000);
    await addProvider('good', `${server.origin}/dearer`);
    expect(await askAll()).toBe(1);
    expect(await listAmounts()).toEqual(['52500000000000', '60000000000000']);
  });

  it.each([
    ['silent', 'timeout', /within 400 ms/],
    ['broken', 'badStatus', /got 500/],
    ['text', 'badContentType', /got text\/html/],
    ['half', 'badAnswer', /Expected JSON/],
    ['nan', 'badAnswer', /Expected JSON/],
    ['shapeless', 'badAnswer', /Expected rate cards/],
    ['prototype', 'badAnswer', /Expected rate cards/],
    ['negative', 'badAnswer', /1 entries that make no sense/],
  ])('says why it has nothing of one whose answer is %s, and deletes nothing', expectFailure);

  it.each([
    ['slow', 'timeout', /within 400 ms/],
    ['huge', 'tooLarge', /at most 2097152 bytes/],
    ['announced', 'tooLarge', /at most 2097152 bytes/],
    ['bomb', 'badAnswer', /no content encoding/],
  ])('fault 32: cuts off an answer that is %s, and says so', expectFailure);

  async function expectFailure(name: string, reason: string, text: RegExp): Promise<void> {
    await addProvider('one', `${server.origin}/good`);
    await askAll();
    const success = now;
    now = new Date(now.getTime() + 60_000);
    await addProvider('one', `${server.origin}/${name}`);
    expect(await askAll()).toBe(1);
    expect(await getTarget()).toMatchObject({ failures: 1, reason, text: expect.stringMatching(text), success });
    expect(await listAmounts()).toEqual(['52500000000000']);
    expect(({} as Record<string, unknown>).min_rates).toBeUndefined();
  }

  it('keeps what makes sense beside what does not, and says so', async () => {
    await addProvider('twice');
    await askAll();
    expect(await getTarget()).toMatchObject({ failures: 0, reason: 'badEntries', prices: 1, refused: 1, success: now });
    expect(await listAmounts()).toEqual(['52500000000000']);
  });

  it.each(['file:///etc/passwd', 'no URL', 'http://user:secret@cp.example', 'http://cp.example:22'])(
    'asks nothing at %s, and shows no secret',
    async (uri) => {
      await addProvider('one', uri);
      await askAll();
      const target = await getTarget();
      expect(target).toMatchObject({ failures: 1, reason: 'badUrl' });
      expect(JSON.stringify(target)).not.toContain('secret');
    },
  );

  it('waits longer for one that stays silent, and starts over when it has another URL', async () => {
    await addProvider('one', `${server.origin}/broken`);
    const waits: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      await askAll();
      const { due } = (await getTarget()) as { due: Date };
      waits.push((due.getTime() - now.getTime()) / 1_000);
      now = due;
    }
    expect(waits).toEqual([1_800, 3_600, 7_200, 14_400]);
    expect(toWaitSeconds({ intervalSeconds: 1_800, maxWaitSeconds: 43_200, failures: 1_000, chance: 0.5 })).toBe(
      43_200,
    );
    now = new Date(now.getTime() - 10_000);
    await addProvider('one', `${server.origin}/good`);
    expect(await askAll()).toBe(1);
    expect(await getTarget()).toMatchObject({ failures: 0, success: now });
  });

  it('no longer asks whom the facts no longer name', async () => {
    await addProvider('one', `${server.origin}/good`);
    await askAll();
    await pool.query('update provider set active = false');
    now = new Date(now.getTime() + 86_400_000);
    expect(await askAll()).toBe(0);
    expect(await listTargets()).toEqual([]);
    expect(await listAmounts()).toHaveLength(1);
  });

  it('asks one target of a host at a time, and is not held up by it', async () => {
    for (const name of ['slow', 'silent', 'good']) await addProvider(name);
    await addProvider('elsewhere', `http://localhost:${server.port}/good`);
    const prober = openProber();
    await prober.findTargets();
    expect(await prober.askDue()).toBe(2);
    expect(await prober.askDue()).toBe(0);
    await prober.settle();
    expect(await prober.askDue()).toBe(1);
    await prober.settle();
  });

  it('shares targets with others: each is asked once', async () => {
    for (let at = 0; at < 6; at += 1) await addProvider(`p${at}`, `http://127.0.0.${at + 1}:${server.port}/good`);
    const before = server.requests.length;
    const probers = [openProber(), openProber()];
    for (const prober of probers) await prober.findTargets();
    await Promise.all(probers.map((prober) => prober.askDue()));
    for (const prober of probers) await prober.settle();
    for (const prober of probers) {
      await prober.askDue();
      await prober.settle();
    }
    expect((await listTargets()).map(({ prices, failures, reason }) => [prices, failures, reason])).toHaveLength(6);
    const asked = server.requests.slice(before).map(({ headers }) => headers.host);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('that is given up says nothing of its target', async () => {
    await addProvider('one', `${server.origin}/silent`);
    const prober = openProber();
    await prober.findTargets();
    await prober.askDue();
    prober.abort();
    await prober.settle();
    expect(await getTarget()).toMatchObject({ failures: 0, reason: null, success: null, due: now });
  });

  it('refuses a target that makes up prices without end', async () => {
    await addProvider('one', `${server.origin}/good`);
    await pool.query(
      `insert into price_reading (network_id, thing, day, amount, probe, target, observer, basis, unit, token,
         source_url, first_seen, last_seen, valid_until)
       select $1, '\\x00', '2026-01-10', n, 'marlin-spec', 'one', 'local', 'advertised', 'second', 'usdc', '', $2, $2, $2
       from generate_series(1, 50000) n`,
      [NETWORK, now],
    );
    await askAll();
    expect(await getTarget()).toMatchObject({ failures: 1, reason: 'tooManyChanges', success: null });
  });

  it('throws a bug of ours instead of blaming the provider', async () => {
    await addProvider('one', `${server.origin}/good`);
    const http: GuardedHttp = { ...createGuardedHttp(), getJson: () => Promise.reject(new TypeError('a bug')) };
    const prober = openProber({ http });
    await prober.findTargets();
    await prober.askDue();
    await expect(prober.settle()).rejects.toThrow('a bug');
  });
});

describe("a probe at the strict client's hands", () => {
  const PUBLIC = '93.184.215.14';
  let internet: Internet;
  afterEach(() => internet.close());

  it.each([
    ['inward', 'blockedAddress'],
    ['good', undefined],
  ])('lets a provider that is %s lead nowhere inside', async (name, reason) => {
    internet = openInternet({ [`${PUBLIC}:8080`]: server.port });
    await addProvider('one', `http://cp.example:8080/${name}`);
    // Names lead to the public address; the redirect would lead to loopback.
    await askAll({ http: createGuardedHttp({ resolve: async () => [PUBLIC] }) });
    expect((await getTarget()).reason).toBe(reason ?? null);
    expect(internet.connects.filter((one) => one.includes('127.0.0.1'))).toEqual([]);
  });

  it('does not ask a provider that names loopback', async () => {
    internet = openInternet();
    const before = server.connections;
    await addProvider('one', `${server.origin}/good`);
    await askAll({ http: createGuardedHttp() });
    expect(await getTarget()).toMatchObject({ reason: 'blockedAddress', failures: 1 });
    expect(server.connections).toBe(before);
  });
});

describeWithShared('marlin-oyster/rates.json', 'the real rate cards of Marlin Oyster', () => {
  it('are 4,489 prices, each of which is read once and seen again', async () => {
    const cards = readFileSync(toSharedPath('marlin-oyster/rates.json'));
    behaviours.real = (_request, response) => response.setHeader('content-type', 'application/json').end(cards);
    const [assignment] = listAssignments([getNetwork(NETWORK)], {});
    await addProvider('real');
    expect(await askAll({ assignments: assignment ? [assignment] : [] })).toBe(1);
    expect(await getTarget()).toMatchObject({ failures: 0, prices: 4_489, refused: 0, success: now });
    now = new Date(now.getTime() + 3_600_000);
    expect(await askAll({ assignments: assignment ? [assignment] : [] })).toBe(1);
    const { rows } = await pool.query(
      `select count(*) as rows, count(*) filter (where last_seen = $1) as current, count(distinct thing) as things,
         max(amount) filter (where resource = 'us-east-1 c5.xlarge amd64') as amount from price_reading`,
      [now],
    );
    expect(rows).toEqual([{ rows: 4_489, current: 4_489, things: 4_489, amount: '52500000000000' }]);
  });
});
