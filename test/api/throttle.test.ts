import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../../api/createApi.js';
import { createServer } from '../../api/createServer.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { createTestApi } from './openApi.js';
import { emptyNetworks, id, jobRow, providerRow, seed, withClient } from './seed.js';
import { untilTrue } from './untilTrue.js';

const jobs = Array.from({ length: 60 }, (_, at) => jobRow(`j${at}`));
const query = '{ jobs(first: 100) { id } }';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.url, {
    ...emptyNetworks,
    job: jobs,
    provider: [providerRow('long', { uri: `https://${'x'.repeat(150_000)}` })],
  });
});
afterAll(() => database.drop());

let opened: { readonly api: Api; close(): Promise<void> } | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

interface Settings {
  readonly capacity?: number;
  readonly inFlight?: number;
  readonly trustProxy?: boolean;
  readonly snapshotMs?: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
  readonly body: any;
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** A server whose clock stands still unless the test moves it. */
async function serve({ capacity = 1_000, inFlight = 20, trustProxy, snapshotMs = 0 }: Settings = {}) {
  const clock = { nowMs: 0 };
  const throttle = { capacity, perSecond: 50, inFlight, clock: () => clock.nowMs };
  const api = await createTestApi(database.url, { throttle, trustProxy, snapshotMs });
  const app = createServer();
  await api.mount(app);
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  opened = { api, close: () => app.close().then(() => api.close()) };
  const post = async (text: string, headers: Record<string, string> = {}, variables = {}) => {
    const body = JSON.stringify({ query: text, variables });
    const json = { 'content-type': 'application/json' };
    return toAnswer(await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body }));
  };
  const get = async (text: string, headers: Record<string, string> = {}) =>
    toAnswer(
      await fetch(`${url}?query=${encodeURIComponent(text)}`, {
        headers: { 'apollo-require-preflight': '1', ...headers },
      }),
    );
  return { api, url, clock, post, get };
}

describe('the bucket of a client', () => {
  it('pays what the answer held, and says what is left', async () => {
    const { post } = await serve();
    const { status, headers, body } = await post(query);
    expect(status).toBe(200);
    // 100 rows were asked for and 60 came; the list is one statement.
    expect(body.extensions.cost).toEqual({ requested: 11, actual: 7 });
    expect(body.extensions.throttleStatus).toEqual({
      maximumAvailable: 1_000,
      currentlyAvailable: 993,
      restoreRate: 50,
    });
    expect(headers.get('ratelimit')).toBe('"points";r=993;t=1');
    expect(headers.get('ratelimit-policy')).toBe('"points";q=1000;w=20');
  });

  it('fault 38: answers 429 with Retry-After and throttleStatus once it is empty, until it has filled again', async () => {
    const { post, clock } = await serve({ capacity: 20 });
    expect((await post(query)).body.extensions.throttleStatus.currentlyAvailable).toBe(13);
    expect((await post(query)).body.extensions.throttleStatus.currentlyAvailable).toBe(6);
    const refused = await post(query);
    const throttleStatus = { maximumAvailable: 20, currentlyAvailable: 6, restoreRate: 50 };
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body.data).toBeUndefined();
    expect(refused.body.errors).toMatchObject([
      {
        message: expect.stringMatching(/^Expected 11 points for this query, 6 of 20 are left: come again in 1 s/),
        extensions: { code: 'THROTTLED', cost: { requested: 11 }, throttleStatus },
      },
    ]);
    expect(refused.body.extensions).toMatchObject({ cost: { requested: 11, actual: 0 }, throttleStatus });
    clock.nowMs += 99;
    expect((await post(query)).status).toBe(429);
    clock.nowMs += 1;
    expect((await post(query)).status).toBe(200);
  });

  it('turns away whoever has nothing left before the body is read', async () => {
    const { url, post } = await serve({ capacity: 1 });
    expect((await post('{ __typename }')).status).toBe(200);
    const headers = { 'content-type': 'application/json' };
    const refused = await fetch(url, { method: 'POST', headers, body: '{"query":' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'THROTTLED' } }] });
    // Whether it lives is not asked of the bucket.
    expect((await fetch(url, { method: 'OPTIONS' })).status).toBe(204);
  });

  it('refuses what it never holds with 400', async () => {
    const { post } = await serve({ capacity: 10 });
    const { status, headers, body } = await post(query);
    expect([status, headers.get('retry-after')]).toEqual([400, null]);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringMatching(/^Expected a query that costs at most 10, got one of 11/),
      extensions: { code: 'MAX_COST_EXCEEDED' },
    });
  });

  it('pays a point for what is not understood, and nothing for what it cannot pay', async () => {
    const { post } = await serve({ capacity: 12 });
    expect((await post('{ nope }')).body.extensions).toMatchObject({
      cost: { requested: 1, actual: 1 },
      throttleStatus: { currentlyAvailable: 11 },
    });
    await post('{');
    expect((await post(query)).body.extensions.throttleStatus.currentlyAvailable).toBe(10);
    expect((await post('{ __typename }')).body.extensions.throttleStatus.currentlyAvailable).toBe(9);
  });

  it('pays all of what a statement that was stopped was to cost', async () => {
    const { post } = await serve();
    await withClient(database.url, async (client) => {
      await client.query('begin; lock table job in access exclusive mode');
      const { body } = await post(query);
      expect(body.errors[0].extensions.code).toBe('QUERY_TIMEOUT');
      expect(body.extensions.cost).toEqual({ requested: 11, actual: 11 });
    });
  });

  it('pays a point for an answer that is kept, which says so', async () => {
    const { post } = await serve({ snapshotMs: 60_000 });
    const first = await post(query);
    const kept = await untilKept(() => post(query));
    expect(kept.body.data).toEqual(first.body.data);
    expect(kept.body.extensions.cost).toEqual({ requested: 11, actual: 1 });
    const { currentlyAvailable } = kept.body.extensions.throttleStatus;
    const next = await post(query);
    expect(next.body.extensions.throttleStatus).toEqual({
      maximumAvailable: 1_000,
      currentlyAvailable: currentlyAvailable - 1,
      restoreRate: 50,
    });
  });

  it('is told of in the headers of a GET, whose bytes are the same for everybody', async () => {
    const { get, post } = await serve({ snapshotMs: 60_000 });
    await untilKept(() => post(query));
    const { status, headers, body } = await get(query);
    expect([status, body.extensions.cost, body.extensions.throttleStatus]).toEqual([
      200,
      { requested: 11, actual: 7 },
      undefined,
    ]);
    const known = { 'if-none-match': headers.get('etag') ?? '' };
    // What is asked for the second time is kept.
    const second = await get(query, known);
    const third = await get(query, known);
    expect([second.status, third.status]).toEqual([304, 304]);
    expect(toLeft(second.headers)).toBe(toLeft(headers) - 7);
    expect(toLeft(third.headers)).toBe(toLeft(second.headers) - 1);
  });

  it('is that of an address, as a proxy says it where it is trusted', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const left = async ({ post }: Awaited<ReturnType<typeof serve>>, address: string) =>
      (await post('{ __typename }', from(address))).body.extensions.throttleStatus.currentlyAvailable;
    const trusting = await serve({ trustProxy: true });
    expect(await left(trusting, '203.0.113.7')).toBe(999);
    expect(await left(trusting, '198.51.100.1, 203.0.113.7')).toBe(998);
    expect(await left(trusting, '203.0.113.8')).toBe(999);
    expect(await left(trusting, '2001:db8:1:2::1')).toBe(999);
    expect(await left(trusting, '2001:db8:1:2:ffff::1')).toBe(998);
    await opened?.close();
    const plain = await serve();
    expect(await left(plain, '203.0.113.7')).toBe(999);
    expect(await left(plain, '203.0.113.8')).toBe(998);
  });

  /** The first that a server hears of the writer is that it listens, which ends the snapshot before. */
  async function untilKept(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await ask();
      if (answer.body.extensions.cost.actual === 1) return answer;
    }
  }

  const toLeft = (headers: Headers) => Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);

  it('is not asked by the process itself', async () => {
    const { api, post } = await serve({ capacity: 1 });
    await post('{ __typename }');
    expect(await api.execute(query)).toMatchObject({ data: { jobs: expect.anything() } });
  });
});

describe('the requests of a client', () => {
  it('run so many at a time', async () => {
    const { post } = await serve({ inFlight: 2 });
    await withClient(database.url, async (client) => {
      await client.query('begin; lock table job in access exclusive mode');
      const running = [post(query), post(query)];
      await untilTrue(async () => (await countRunning()) === 2);
      const refused = await post('{ __typename }');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
      expect(refused.body.errors[0].extensions).toEqual({ code: 'TOO_MANY_IN_FLIGHT', limit: 2 });
      await client.query('rollback');
      expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
    });
    expect((await post('{ __typename }')).status).toBe(200);
  });

  it('are stopped down to the statement when it leaves', async () => {
    const { url, post } = await serve({ inFlight: 1 });
    await withClient(database.url, async (client) => {
      await client.query('begin; lock table job in access exclusive mode');
      const leaving = new AbortController();
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query: `{ jobs { id } job(id: "${id('j1')}") { id } }` });
      const asked = fetch(url, { method: 'POST', headers, body, signal: leaving.signal });
      await untilTrue(async () => (await countRunning()) >= 1);
      const leftAt = performance.now();
      leaving.abort();
      await expect(asked).rejects.toThrow();
      await untilTrue(async () => (await countRunning()) === 0);
      // Its own limit would have stopped it after two seconds.
      expect(performance.now() - leftAt).toBeLessThan(1_500);
      await untilTrue(async () => (await post('{ __typename }')).status === 200);
      await client.query('rollback');
    });
    expect((await post(query)).body.data.jobs).toHaveLength(60);
  });

  async function countRunning(): Promise<number> {
    let running = 0;
    await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and application_name = 'computescan-api' and wait_event_type = 'Lock'`,
      );
      running = rows[0]?.count ?? 0;
    });
    return running;
  }
});

describe('an answer of more than 2 MiB', () => {
  it('is refused by its size, before it is sent', async () => {
    const { post } = await serve();
    const names = (count: number) =>
      `{ providers { ${Array.from({ length: count }, (_, at) => `n${at}: uri`).join(' ')} } }`;
    expect((await post(names(13))).status).toBe(200);
    const { status, body } = await post(names(14));
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        message: expect.stringMatching(
          /^Expected an answer of at most 2097152 bytes, got one of 21\d{5}: ask for fewer/,
        ),
        extensions: { code: 'RESULT_TOO_LARGE', bytes: expect.any(Number), limit: 2_097_152 },
      },
    ]);
  });
});

describe('a query of more than 15,000 characters', () => {
  it('is refused before it is parsed', async () => {
    const { post, get } = await serve();
    const long = `{ job(id: "${'x'.repeat(15_000)}") { id } }`;
    const { status, body } = await post(long);
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'QUERY_TOO_LONG']);
    // Node reads no line as long.
    expect((await get(`{ job(id: "${'x'.repeat(14_900)}") { id } }`)).status).toBe(200);
  });
});
