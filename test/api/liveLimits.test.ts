import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { createKey } from '../../api/keys/main.js';
import { created, openLive, openSocket, openStream, toStreamUrl, until } from './openLive.js';

const blocks = 'subscription { blockIndexed { block { number } } }';

describe('what a client may hold', () => {
  it('is so many subscriptions on a connection and connections from an address, over both transports', async () => {
    const live = await openLive({ limits: { subscriptionsPerConnection: 2, connectionsPerAddress: 2 } });
    try {
      const socket = await openSocket(live.url);
      for (const id of ['1', '2', '3']) await socket.subscribe(id, blocks);
      expect(socket.list('3')).toMatchObject([
        { type: 'error', payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] },
      ]);
      // One that ends makes room.
      socket.send({ type: 'complete', id: '1' });
      await socket.subscribe('4', blocks);
      expect(socket.list('4')).toEqual([]);

      const stream = await openStream(toStreamUrl(live.url, blocks));
      expect(stream.status).toBe(200);
      expect((await openStream(toStreamUrl(live.url, blocks))).status).toBe(429);
      await expect(openSocket(live.url)).rejects.toThrow('429');
      stream.stop();
      await sleep(100);
      const another = await openSocket(live.url);
      another.socket.close();
      socket.socket.close();
    } finally {
      await live.close();
    }
  });

  it('pays for a subscription from the bucket that queries are paid from', async () => {
    const live = await openLive({}, { throttle: { capacity: 7, perSecond: 0.001, inFlight: 20 } });
    try {
      const socket = await openSocket(live.url);
      // A list of 50 in an object.
      await socket.subscribe('1', 'subscription { jobUpdated { job { tasks(first: 50) { id } } } }');
      await socket.subscribe('2', blocks);
      expect(socket.list('1')).toEqual([]);
      expect(socket.list('2')).toMatchObject([{ type: 'error', payload: [{ extensions: { code: 'THROTTLED' } }] }]);
      const stream = await fetch(`${live.url}/graphql/stream?query=${encodeURIComponent(blocks)}`);
      expect([stream.status, await stream.json()]).toMatchObject([
        429,
        { errors: [{ extensions: { code: 'THROTTLED' } }] },
      ]);
      expect(Number(stream.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await live.close();
    }
  });

  it('is not read for nothing, be it a subscription or not', async () => {
    const live = await openLive({}, { throttle: { capacity: 3, perSecond: 0.001, inFlight: 20 } });
    try {
      const socket = await openSocket(live.url);
      for (const id of ['1', '2', '3', '4']) await socket.subscribe(id, 'subscription { nothing }');
      const codes = ['1', '2', '3', '4'].map((id) => socket.list(id)[0]?.payload[0].extensions.code);
      expect(codes).toEqual([...Array(3).fill('GRAPHQL_VALIDATION_FAILED'), 'THROTTLED']);
    } finally {
      await live.close();
    }
  });

  it('is a key that can be looked up, or says that it cannot be just now', async () => {
    const live = await openLive();
    try {
      await live.store.pool.query('alter table api_key rename to api_key_gone');
      const headers = { 'x-api-key': `cs_${'0'.repeat(43)}` };
      const stream = await fetch(`${live.url}/graphql/stream?query=${encodeURIComponent(blocks)}`, { headers });
      expect([stream.status, await stream.json()]).toMatchObject([
        503,
        { errors: [{ message: expect.not.stringMatching('api_key'), extensions: { code: 'SERVICE_UNAVAILABLE' } }] },
      ]);
    } finally {
      await live.close();
    }
  });

  it('is given back by who leaves while its key is looked up', async () => {
    const live = await openLive({ limits: { connectionsPerAddress: 1 } });
    const databaseUrl = String(live.store.pool.options.connectionString);
    const { token } = await createKey(databaseUrl, { name: 'impatient', capacity: 100, perSecond: 1 });
    const holder = await live.store.pool.connect();
    try {
      await holder.query('begin; lock table api_key');
      const headers = { 'x-api-key': token };
      const abort = new AbortController();
      const url = `${live.url}/graphql/stream?query=${encodeURIComponent(blocks)}`;
      const left = fetch(url, { headers, signal: abort.signal }).catch(() => undefined);
      await sleep(300);
      abort.abort();
      await left;
      await holder.query('rollback');
      await sleep(300);
      expect((await openStream(toStreamUrl(live.url, blocks))).status).toBe(200);
    } finally {
      holder.release();
      await live.close();
    }
  });

  it('is not written to once it has ended, while a slow reader takes the rest', async () => {
    const live = await openLive({ pingMs: 30 });
    try {
      const errors: Error[] = [];
      const responses: ServerResponse[] = [];
      live.app.server.on('request', (_request, response: ServerResponse) => {
        responses.push(response);
        response.on('error', (error) => errors.push(error));
      });
      const stream = await openStream(toStreamUrl(live.url, blocks));
      const [response] = responses;
      // Its reader takes nothing more.
      Object.assign(response?.socket ?? {}, { _write: () => undefined, _writev: () => undefined });
      response?.end();
      await sleep(150);
      response?.socket?.destroy();
      await stream.ended;
      expect([responses.length, errors]).toEqual([1, []]);
    } finally {
      await live.close();
    }
  });

  it('takes an API key that is none for what it is', async () => {
    const live = await openLive({}, { throttle: { capacity: 100, perSecond: 1, inFlight: 20 } });
    try {
      const headers = { 'x-api-key': `cs_${'0'.repeat(43)}` };
      const stream = await fetch(`${live.url}/graphql/stream?query=${encodeURIComponent(blocks)}`, { headers });
      expect(stream.status).toBe(401);
      await stream.text();
    } finally {
      await live.close();
    }
  });

  it('drops who does not read, tells it why, and goes on with the others', async () => {
    const live = await openLive();
    try {
      const [slow, quick] = [await openSocket(live.url), await openSocket(live.url)];
      // Names as long as a document may have them: 10 KB a message, and nothing to load.
      const names = Array.from({ length: 14 }, (_, at) => `${'n'.repeat(700)}${at}: id`);
      const wide = `subscription { jobUpdated { job { ${names.join(' ')} } } }`;
      for (const socket of [slow, quick]) await socket.subscribe('1', wide);
      slow.socket.pause();
      // More than the system's own buffers hold, which are not ours to count.
      for (let written = 0; written < 6; written += 1) {
        await live.write(Array.from({ length: 300 }, (_, at) => [created(`slow${written}-${at}`)]));
        await until(() => quick.list('1').length === (written + 1) * 300);
      }
      slow.socket.resume();
      expect(await slow.closed).toEqual({ code: 4413, reason: 'Slow reader: more than 1048576 bytes wait' });
      expect(slow.list('1').length).toBeLessThan(1_800);
      quick.socket.close();
    } finally {
      await live.close();
    }
  });
});

describe('what is not a subscription', () => {
  const errors: readonly (readonly [title: string, query: string, variables: object | undefined, code: string])[] = [
    ['a query', '{ networks { id } }', undefined, 'SUBSCRIPTION_REQUIRED'],
    ['introspection', '{ __schema { types { name } } }', undefined, 'SUBSCRIPTION_REQUIRED'],
    ['no document', 'subscription {', undefined, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { nothing }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two fields',
      'subscription { a: blockIndexed { cursor } b: blockIndexed { cursor } }',
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'too many tokens',
      `subscription { blockIndexed { ${'cursor '.repeat(1_000)} } }`,
      undefined,
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      'too deep',
      `subscription { jobUpdated { job { ${'provider { jobs(first: 1) { '.repeat(6)} id ${'} } '.repeat(6)} } } }`,
      undefined,
      'QUERY_TOO_DEEP',
    ],
    [
      'too costly, by a variable',
      'subscription S($n: Int!) { jobUpdated { job { tasks(first: $n) { attempts(first: $n) { at } } } } }',
      { n: 1_000 },
      'QUERY_TOO_COSTLY',
    ],
    [
      'a wrong variable',
      'subscription S($n: Int!) { jobUpdated { job { tasks(first: $n) { id } } } }',
      { n: 'many' },
      'BAD_USER_INPUT',
    ],
    [
      'variables without end',
      blocks,
      { deep: JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) },
      'VARIABLES_TOO_DEEP',
    ],
    ['two arguments', 'subscription { jobUpdated(id: "a:b", network: "a") { id } }', undefined, 'BAD_USER_INPUT'],
    [
      'a metric that is none',
      'subscription { metricUpdated(metric: "no.such", network: "a") { cursor } }',
      undefined,
      'BAD_USER_INPUT',
    ],
    [
      'a figure of nobody',
      'subscription { metricUpdated(metric: "jobs.success") { cursor } }',
      undefined,
      'BAD_USER_INPUT',
    ],
    [
      'a network that is not indexed',
      'subscription { jobUpdated(network: "nowhere") { id } }',
      undefined,
      'BAD_USER_INPUT',
    ],
    [
      'a chain that is not indexed',
      'subscription { blockIndexed(chain: "5") { cursor } }',
      undefined,
      'BAD_USER_INPUT',
    ],
    ['a cursor that is none', 'subscription { jobUpdated(after: "x") { id } }', undefined, 'BAD_CURSOR'],
    [
      'more characters than a document has',
      `subscription { blockIndexed { cursor } } #${'x'.repeat(15_000)}`,
      undefined,
      'BAD_USER_INPUT',
    ],
  ];

  it('is refused over both transports with the same code, and the server lives', async () => {
    const live = await openLive({ limits: { connectionsPerAddress: 1_000 } });
    try {
      const socket = await openSocket(live.url);
      for (const [title, query, variables, code] of errors) {
        await socket.subscribe(title, query, variables as never);
        await until(() => socket.list(title).length > 0);
        expect([title, socket.list(title)]).toMatchObject([
          title,
          [{ type: 'error', payload: [{ message: expect.stringMatching(/./), extensions: { code } }] }],
        ]);
        const answer = await fetch(`${live.url}/graphql/stream`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
          body: JSON.stringify({ query, variables }),
        });
        const text = await answer.text();
        expect([title, text]).toEqual([title, expect.stringContaining(`"code":"${code}"`)]);
        expect(text).not.toMatch(/\n +at |\bfrom \w+ |\/api\//);
      }
      await socket.subscribe('after', blocks);
      await live.write([[created('a')]]);
      await until(() => socket.list('after').length === 1);
      const posted = await fetch(`${live.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: blocks }),
      });
      expect([posted.status, await posted.json()]).toMatchObject([
        400,
        { errors: [{ extensions: { code: 'OPERATION_NOT_SUPPORTED' } }] },
      ]);
      socket.socket.close();
    } finally {
      await live.close();
    }
  });

  it.each([
    ['no JSON', ['nonsense'], 4400],
    ['a list', [[]], 4400],
    ['an unknown type', [{ type: 'start', id: '1' }], 4400],
    ['a subscription without an id', [{ type: 'subscribe', payload: {} }], 4400],
    ['a subscription without a payload', [{ type: 'subscribe', id: '1' }], 4400],
    ['a second initialisation', [{ type: 'connection_init' }], 4429],
    [
      'a second subscription of one id',
      Array.from({ length: 2 }, () => ({ type: 'subscribe', id: '1', payload: { query: blocks } })),
      4409,
    ],
    ['a message that is too large', ['x'.repeat(70_000)], 1009],
  ])('as a message: %s closes the connection', async (_, messages, code) => {
    const live = await shared;
    const socket = await openSocket(live.url);
    for (const message of messages) socket.send(message);
    expect((await socket.closed).code).toBe(code);
  });

  it('closes a connection that subscribes before its initialisation, never initialises, or speaks another protocol', async () => {
    const live = await shared;
    const early = await openSocket(live.url, { init: false });
    early.send({ type: 'subscribe', id: '1', payload: { query: blocks } });
    expect((await early.closed).code).toBe(4401);
    const silent = await openSocket(live.url, { init: false });
    expect(await silent.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
    await expect(openSocket(live.url, { init: false, protocol: 'graphql-ws' })).rejects.toThrow(/subprotocol/i);
    const elsewhere = new WebSocket(`${live.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
    const error = await new Promise<Error>((resolve) => elsewhere.once('error', resolve));
    expect(error.message).toMatch('404');
  });

  const shared = openLive({ initTimeoutMs: 300, pingMs: 200 });
  afterAll(async () => (await shared).close());

  it('cuts off who does not answer pings', async () => {
    const live = await shared;
    const dead = await openSocket(live.url);
    dead.socket.pong = () => undefined;
    // The client of ws answers by itself.
    (dead.socket as unknown as { _autoPong: boolean })._autoPong = false;
    const alive = await openSocket(live.url);
    expect((await dead.closed).code).toBe(1006);
    await sleep(500);
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
    alive.socket.close();
  });
});

describe('a server that is shut down', () => {
  it('says so to every client, and waits for none', async () => {
    const live = await openLive();
    try {
      const sockets = [await openSocket(live.url), await openSocket(live.url)];
      for (const socket of sockets) await socket.subscribe('1', blocks);
      const stream = await openStream(toStreamUrl(live.url, blocks));
      // This one does not even read that it is closed.
      sockets[1]?.socket.pause();
      const begunAt = performance.now();
      await live.stop();
      expect(performance.now() - begunAt).toBeLessThan(5_000);
      expect(await sockets[0]?.closed).toEqual({ code: 1001, reason: 'The server is going away' });
      await stream.ended;
      sockets[1]?.socket.terminate();
    } finally {
      await live.close();
    }
  });
});
