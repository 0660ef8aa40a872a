import { type AddressInfo, connect, createServer as createNetServer, type Socket } from 'node:net';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { Api } from '../../api/createApi.js';
import type { Context } from '../../api/createContext.js';
import { createServer } from '../../api/createServer.js';
import { createDatabase } from '../../api/database/createDatabase.js';
import { createTurns } from '../../api/limits/createTurns.js';
import { mountGraphql } from '../../api/mountGraphql.js';
import { errorPlugin } from '../../api/plugins/errorPlugin.js';
import { formatError } from '../../api/plugins/formatError.js';
import { createLog } from '../../schema/lib/log.js';
import { toSql } from './listStatements.js';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import {
  chainRow,
  emptyNetworks,
  execute,
  id,
  jobRow,
  recordedChainRow,
  secondsAgo,
  withClient,
  written,
} from './seed.js';

interface Server {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is tested
  readonly body: any;
}

async function serve(api: Api): Promise<Server> {
  const app = createServer();
  await api.mount(app);
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}

async function get(server: Server, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return toAnswer(await fetch(server.url + path, { headers }));
}

function post(server: Server, query: string, variables = {}): Promise<Answer> {
  return postText(server, JSON.stringify({ query, variables }));
}

async function postText(server: Server, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return toAnswer(await fetch(`${server.url}/graphql`, { method: 'POST', headers, body }));
}

async function toAnswer(response: Response): Promise<Answer> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const body = isJson ? await response.json() : await response.text();
  return { status: response.status, headers: response.headers, body };
}

describe('/graphql', () => {
  let open: OpenApi;
  let server: Server;
  beforeAll(async () => {
    open = await openApi({
      ...emptyNetworks,
      job: [jobRow('odd', { status: 'nonsense' }), ...Array.from({ length: 60 }, (_, at) => jobRow(`j${at}`))],
    });
    server = await serve(open.api);
  });
  afterAll(async () => {
    await server.close();
    await open.close();
  });

  it('answers a POST and says how fresh the answer is', async () => {
    const { status, headers, body } = await post(server, '{ networks(first: 1) { id } }');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: { networks: [{ id: 'iexec-devnet' }] },
        extensions: {
          freshness: {
            stale: false,
            chains: [
              { id: '31337', height: '100', time: written.toISOString(), stale: false },
              { id: '1000000042161', height: '100', time: written.toISOString(), stale: false },
            ],
          },
        },
      },
    });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('answers a GET that a browser asked permission for', async () => {
    const query = encodeURIComponent('{ network(id: "iexec-devnet") { protocol } }');
    const answer = await get(server, `/graphql?query=${query}`, { 'apollo-require-preflight': '1' });
    expect(answer.body.data).toEqual({ network: { protocol: 'iexec' } });
    const preflight = await fetch(`${server.url}/graphql`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('apollo-require-preflight');
  });

  it('lets pages of any origin ask and read, and takes no credentials of theirs', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const preflight = await fetch(`${server.url}/graphql`, {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key' },
    });
    const allowed = preflight.headers.get('access-control-allow-headers')?.split(', ') ?? [];
    expect(allowed).toEqual(expect.arrayContaining(['content-type', 'authorization', 'x-api-key', 'if-none-match']));
    const answer = await get(server, '/graphql?query={__typename}', { ...headers, 'apollo-require-preflight': '1' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    const exposed = answer.headers.get('access-control-expose-headers')?.split(', ') ?? [];
    expect(exposed).toEqual(expect.arrayContaining(['etag', 'retry-after', 'ratelimit']));
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded'],
    ['a plain text', 'text/plain'],
    ['a form with files', 'multipart/form-data; boundary=x'],
  ])('takes no question from %s, which any page may send without asking', async (_, type) => {
    const body = JSON.stringify({ query: '{ networks { id } }' });
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body });
    expect([400, 415]).toContain(response.status);
    expect(await response.text()).not.toContain('iexec');
  });

  it('answers no GET that a page of anybody may make without asking', async () => {
    const answer = await get(server, '/graphql?query={__typename}');
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('tells a browser without a query how to ask', async () => {
    const { status, headers, body } = await get(server, '/graphql', { accept: 'text/html' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(body).toContain(`curl ${server.url}/graphql -H 'content-type: application/json'`);
  });

  it('answers introspection', async () => {
    const { body } = await post(server, '{ __type(name: "Provider") { description fields { name description } } }');
    expect(body.data.__type.fields.length).toBeGreaterThan(20);
  });

  it('compresses long answers', async () => {
    const long = await post(server, '{ jobs(where: { status: open }) { id } }');
    expect(long.headers.get('content-encoding')).toBe('gzip');
    expect(long.body.data.jobs).toHaveLength(60);
    expect((await post(server, '{ __typename }')).headers.get('content-encoding')).toBeNull();
  });

  it.each([
    ['a syntax error', '{ jobs { id ', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ jobs { nope } }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown order', '{ jobs(orderBy: luck) { id } }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['more than 1,000 tokens', `{ ${'__typename '.repeat(1_001)} }`, 400, 'GRAPHQL_PARSE_FAILED'],
    ['a first beyond the limit', '{ jobs(first: 2000) { id } }', 400, 'BAD_USER_INPUT'],
  ])('names %s as what it is', async (_, query, status, code) => {
    const answer = await post(server, query);
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].extensions.code).toBe(code);
    expect(answer.body.errors[0].extensions.stacktrace).toBeUndefined();
  });

  it('refuses what is too costly or too deep before it runs, by variables as well as literals', async () => {
    const list = (inner: string) => `provider { jobs(first: $first) { ${inner} } }`;
    const bomb = `query ($first: Int!) { jobs(first: $first) { ${list(list('id'))} } }`;
    const costly = await post(server, bomb, { first: 1000 });
    expect([costly.status, costly.body.errors[0].extensions.code]).toEqual([400, 'QUERY_TOO_COSTLY']);
    expect((await post(server, bomb, { first: 3 })).status).toBe(200);
    const deep = '{ jobs(first: 1) { '.concat('provider { jobs(first: 1) { '.repeat(6), 'id', ' } }'.repeat(6), ' } }');
    const refused = await post(server, deep);
    expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([400, 'QUERY_TOO_DEEP']);
  });

  it('names null for what may not be null, and a NUL character, as the mistakes they are', async () => {
    const wrong = await post(server, 'query ($first: Int) { jobs(first: $first) { id } }', { first: null });
    expect([wrong.status, wrong.body.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    const nul = await post(server, 'query ($id: ID!) { job(id: $id) { id } }', { id: 'a\u0000b' });
    expect(nul.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('names a wrong variable as what it is', async () => {
    const answer = await post(server, 'query ($first: Int!) { jobs(first: $first) { id } }', { first: 'many' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('refuses a body above 100 KiB and one that is no JSON, in the form of GraphQL', async () => {
    const large = await postText(server, JSON.stringify({ query: ' '.repeat(103_000) }));
    expect([large.status, large.body.errors[0].extensions.code]).toEqual([413, 'BAD_REQUEST']);
    const broken = await postText(server, '{"query":');
    expect([broken.status, broken.body.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('keeps what went wrong inside to itself', async () => {
    const { body } = await post(server, '{ jobs(orderBy: id, orderDirection: desc) { id status } }');
    expect(body.data).toBeNull();
    expect(body.errors).toEqual([
      {
        message: 'Internal server error',
        locations: [{ line: 1, column: 48 }],
        path: ['jobs', 0, 'status'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
  });

  it('stops a statement after two seconds and says what to do', async () => {
    await withClient(open.url, async (client) => {
      await client.query('begin; lock table job in access exclusive mode');
      const { message, code } = await open.fail('{ jobs { id } }');
      expect(code).toBe('QUERY_TIMEOUT');
      expect(message).toContain('took longer than 2 s');
    });
    expect(await open.read(`{ job(id: "${id('j1')}") { id } }`)).toEqual({ job: { id: id('j1') } });
  });

  it('masks the error of a broken database', async () => {
    await execute(open.url, 'alter table network rename to elsewhere');
    const { body } = await post(server, '{ networks { id } }');
    expect(body).toMatchObject({
      data: null,
      errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(JSON.stringify(body)).not.toContain('relation');
    await execute(open.url, 'alter table elsewhere rename to network');
  });
});

describe('an unreachable database', () => {
  let api: Api;
  let server: Server;
  beforeAll(async () => {
    // Port 1 is open to nobody.
    api = await createTestApi('postgres://nobody@127.0.0.1:1/none');
    server = await serve(api);
  });
  afterAll(async () => {
    await server.close();
    await api.close();
  });

  it('answers 503 and its own code, without details', async () => {
    const { status, body } = await post(server, '{ networks { id } network(id: "x") { id } }');
    expect(status).toBe(503);
    expect(body.data).toBeNull();
    expect(body.errors[0].extensions).toEqual({ code: 'SERVICE_UNAVAILABLE' });
    expect(JSON.stringify(body)).not.toContain('ECONNREFUSED');
  });

  it('still answers what needs no database', async () => {
    expect(await post(server, '{ __typename }')).toMatchObject({
      status: 200,
      body: { data: { __typename: 'Query' } },
    });
  });

  it('turns ready red and leaves live green', async () => {
    expect(await get(server, '/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'unready', database: 'unreachable', chains: [] },
    });
    expect(await get(server, '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
  });
});

describe('a database that goes away and comes back', () => {
  it('costs the queries in between and no restart', async () => {
    const open = await openApi(emptyNetworks);
    const server = await serve(open.api);
    const name = new URL(open.url).pathname.slice(1);
    expect((await post(server, '{ networks { id } }')).status).toBe(200);
    const elsewhere = open.url.replace(name, 'postgres');
    await execute(elsewhere, `alter database ${name} allow_connections false`);
    await execute(elsewhere, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    expect((await post(server, '{ networks { id } }')).status).toBe(503);
    await execute(elsewhere, `alter database ${name} allow_connections true`);
    expect((await post(server, '{ networks { id } }')).status).toBe(200);
    await server.close();
    await open.close();
  });
});

describe('/health/ready', () => {
  const halted = chainRow({ chain_id: 7, name: 'seven', phase: 'halted', phase_reason: 'wrong genesis' });

  it.each([
    ['is green when every live chain is current', [chainRow(), recordedChainRow()], 200, [null, null]],
    ['is green before any chain is known', [], 200, []],
    ['is red for a halted chain', [halted], 503, ['halted: wrong genesis']],
    ['is red for a source never seen', [chainRow({ seen_at: null })], 503, ['its source has not answered yet']],
    [
      'is red for a silent source',
      [chainRow({ seen_at: secondsAgo(300) })],
      503,
      [expect.stringMatching(/^its source last answered 3\d\d s ago, more than 120 s$/)],
    ],
    [
      'is red for facts that are not written',
      [chainRow({ block_time: secondsAgo(300) })],
      503,
      [expect.stringMatching(/^what is written lies 2\d\d s behind the head$/)],
    ],
    [
      'is red for a head that stands still',
      [chainRow({ block_time: secondsAgo(300), head_time: secondsAgo(300) })],
      503,
      [expect.stringMatching(/^its head has stood still for 3\d\d s$/)],
    ],
    [
      'is green on the way through the past',
      [chainRow({ phase: 'backfill', block_time: secondsAgo(86_400) })],
      200,
      [null],
    ],
  ])('%s', async (_, chain, status, reasons) => {
    const open = await openApi({ chain });
    const server = await serve(open.api);
    const answer = await get(server, '/health/ready');
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status: status === 200 ? 'ready' : 'unready', database: 'reachable' });
    expect(answer.body.chains.map((one: { reason: unknown }) => one.reason)).toEqual(reasons);
    const { body } = await post(server, '{ __typename }');
    expect(body.extensions.freshness.stale).toBe(status === 503);
    await server.close();
    await open.close();
  });
});

describe('a database without tables', () => {
  it('turns ready red; what needs no table is answered, without freshness', async () => {
    const open = await openApi({});
    await execute(open.url, 'alter table chain rename to elsewhere');
    const server = await serve(open.api);
    expect(await get(server, '/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'unready', database: 'failing', chains: [] },
    });
    expect((await post(server, '{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
    await server.close();
    await open.close();
  });
});

describe('freshness', () => {
  it('costs one statement a second, however many requests ask', async () => {
    const open = await openApi(emptyNetworks);
    const api = await createTestApi(open.url, { snapshotMs: 1_000 });
    const server = await serve(api);
    const spy = jest.spyOn(pg.Client.prototype, 'query');
    const start = performance.now();
    for (let request = 0; request < 10; request++) await post(server, '{ __typename }');
    const seconds = (performance.now() - start) / 1_000;
    const read = spy.mock.calls.filter(([asked]) => !toSql(asked).startsWith('listen'));
    expect(read.length).toBeGreaterThanOrEqual(1);
    expect(read.length).toBeLessThanOrEqual(1 + Math.floor(seconds));
    spy.mockRestore();
    await server.close();
    await api.close();
    await open.close();
  });
});

describe('a database that hangs', () => {
  it('costs what needs it three seconds, and every other answer a moment', async () => {
    const open = await openApi(emptyNetworks);
    const door = await openDoor(open.url);
    const api = await createTestApi(door.url);
    const server = await serve(api);
    const fresh = (await post(server, '{ networks { id } }')).body.extensions;
    expect(fresh.freshness.chains).toHaveLength(2);
    door.hold();
    const start = performance.now();
    const { errors } = await api.execute('{ networks { id } }');
    expect(errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE');
    expect(performance.now() - start).toBeGreaterThan(2_500);
    expect(performance.now() - start).toBeLessThan(15_000);
    // The chains are due to be read again, and nobody answers; what was read last goes out.
    const next = performance.now();
    expect(await post(server, '{ __typename }')).toMatchObject({ status: 200, body: { extensions: fresh } });
    expect(performance.now() - next).toBeLessThan(1_500);
    await server.close();
    await door.close();
    await api.close();
    await open.close();
  });

  /** Between the API and its database; held, it neither answers nor hangs up. */
  async function openDoor(databaseUrl: string): Promise<{ url: string; hold(): void; close(): Promise<void> }> {
    const url = new URL(databaseUrl);
    const { hostname: host, port } = url;
    const sockets: Socket[] = [];
    let held = false;
    const door = createNetServer((inner) => {
      if (held) {
        sockets.push(inner);
        return;
      }
      const outer = connect({ host, port: Number(port) });
      for (const [from, to] of [[inner, outer] as const, [outer, inner] as const]) {
        sockets.push(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
      }
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    url.host = `127.0.0.1:${(door.address() as AddressInfo).port}`;
    return {
      url: url.href,
      hold: () => {
        held = true;
        for (const socket of sockets) socket.unpipe().pause();
      },
      close: () => {
        for (const socket of sockets) socket.destroy();
        return new Promise((resolve) => door.close(() => resolve()));
      },
    };
  }
});

describe('a relation that cannot be read', () => {
  it('leaves the rest of the answer, with 200', async () => {
    const query = `{ networks(first: 1) { id } job(id: "${id('j')}") { id } }`;
    const open = await openApi({ ...emptyNetworks, job: [jobRow('j')] });
    const server = await serve(open.api);
    const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
    const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...args: unknown[]
    ) {
      const lost = toSql(args[0]).includes('where j.id = any');
      return lost ? Promise.reject(new Error('read ECONNRESET')) : original.apply(this, args);
    } as never);
    const { status, body } = await post(server, query);
    spy.mockRestore();
    expect(status).toBe(200);
    expect(body.data).toEqual({ networks: [{ id: 'iexec-devnet' }], job: null });
    expect(body.errors).toMatchObject([{ path: ['job'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    await server.close();
    await open.close();
  });

  it('is a 503 where nothing else was asked for, also where null is allowed', async () => {
    const api = await createTestApi('postgres://nobody@127.0.0.1:1/none');
    const server = await serve(api);
    const { status, body } = await post(server, '{ network(id: "x") { id } }');
    expect(body.data).toEqual({ network: null });
    expect(status).toBe(503);
    await server.close();
    await api.close();
  });
});

describe('what goes wrong outside of any field', () => {
  it('is logged, and told to nobody', async () => {
    const logged: unknown[] = [];
    const log = createLog('api', 'silent');
    jest.spyOn(log, 'error').mockImplementation((what: unknown) => void logged.push(what));
    const cause = new Error('a secret');
    const breaks: ApolloServerPlugin = {
      requestDidStart: async () => ({
        willSendResponse: async () => {
          throw cause;
        },
      }),
    };
    const apollo = new ApolloServer<Context>({
      typeDefs: 'type Query { one: Int }',
      formatError,
      logger: log,
      includeStacktraceInErrorResponses: false,
      plugins: [errorPlugin(log), breaks],
      stopOnTerminationSignals: false,
    });
    const app = createServer();
    await apollo.start();
    await mountGraphql(app, { apollo, log, turns: createTurns({ atOnce: 8 }), context: async () => ({}) as Context });
    const server = { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
    const answer = await post(server, '{ one }');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('a secret');
    expect(logged).toContainEqual({ err: cause });
    await server.close();
    await apollo.stop();
  });
});

describe('the database as the API sees it', () => {
  it('is read-only', async () => {
    const open = await openApi(emptyNetworks);
    const database = createDatabase({ url: open.url, maxAgeMs: 0 });
    const snapshot = database.open();
    await expect(database.query('delete from network')).rejects.toThrow('read-only transaction');
    await expect(snapshot.query('delete from network')).rejects.toThrow('read-only transaction');
    snapshot.release();
    await database.close();
    await open.close();
  });
});
