import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { listen, openWebServer, type Serve, type WebServer } from '../../../test/openWebServer.js';
import { createGuardedHttp, type GuardedRequest } from './createGuardedHttp.js';
import { GuardedHttpError } from './GuardedHttpError.js';

const SECRET = 'secret-content';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(answer: Serve): Promise<WebServer> {
  const server = await openWebServer(answer);
  ends.push(() => server.close());
  return server;
}

const http = createGuardedHttp({ allowPrivate: true });

async function failureOf(promise: Promise<unknown>): Promise<GuardedHttpError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof GuardedHttpError)) throw new Error(`Expected a GuardedHttpError, got ${String(thrown)}.`);
  return thrown;
}

const asJson = (content: string | Buffer, headers: Record<string, string> = {}): Serve => {
  return (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(content);
};

const faults: readonly { title: string; reason: string; answer: Serve; request?: GuardedRequest }[] = [
  {
    title: 'a drip ends at the deadline, although each byte is in time',
    reason: 'timeout',
    request: { deadlineMs: 300 },
    answer: (_request, response) => {
      response.setHeader('content-type', 'application/json').write('[');
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
  },
  {
    title: 'headers that drip end at the deadline',
    reason: 'timeout',
    request: { deadlineMs: 300 },
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('a: b\r\n'), 20);
      socket.on('close', () => clearInterval(drip)).on('error', () => undefined);
    },
  },
  {
    title: 'preliminary answers without end come to the deadline too',
    reason: 'timeout',
    request: { deadlineMs: 300 },
    answer: (_request, response) => {
      const drip = setInterval(() => response.writeProcessing(), 20);
      response.on('close', () => clearInterval(drip));
    },
  },
  { title: 'silence ends at the deadline', reason: 'timeout', request: { deadlineMs: 200 }, answer: () => undefined },
  {
    title: 'redirects share one deadline',
    reason: 'timeout',
    request: { deadlineMs: 300 },
    answer: (_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 150);
    },
  },
  {
    title: 'a body announced over the cap is refused unread',
    reason: 'tooLarge',
    answer: (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 65_537 }).write('[');
    },
  },
  {
    title: 'a body that grows over the cap unannounced is cut off',
    reason: 'tooLarge',
    answer: (_request, response) => {
      response.setHeader('content-type', 'application/json');
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(262_144, 0x20)));
      };
      response.on('drain', pour).on('error', () => undefined);
      pour();
    },
  },
  { title: 'a cap of the caller holds', reason: 'tooLarge', request: { maxBytes: 9 }, answer: asJson(`["12345678"]`) },
  {
    title: 'headers over the cap are refused',
    reason: 'tooLarge',
    answer: (_request, response) => {
      response.setHeader('a', 'b'.repeat(32_768)).end();
    },
  },
  {
    title: 'a gzip bomb is refused uninflated',
    reason: 'badAnswer',
    answer: asJson(gzipSync(Buffer.alloc(20_000_000, 0x20)), { 'content-encoding': 'gzip' }),
  },
  {
    title: 'a brotli bomb is refused uninflated',
    reason: 'badAnswer',
    answer: asJson(brotliCompressSync(Buffer.alloc(20_000_000, 0x20)), { 'content-encoding': 'br' }),
  },
  {
    title: 'honest gzip is refused too',
    reason: 'badAnswer',
    answer: asJson(gzipSync('[]'), { 'content-encoding': 'GZIP' }),
  },
  { title: 'half a JSON is refused', reason: 'badAnswer', answer: asJson(`{"a":"${SECRET}`) },
  { title: 'an empty body is no JSON', reason: 'badAnswer', answer: asJson('') },
  {
    title: 'bytes that are no UTF-8 are refused',
    reason: 'badAnswer',
    answer: asJson(Buffer.from([0x22, 0xc3, 0x28, 0x22])),
  },
  {
    title: 'HTML is refused by its type',
    reason: 'badContentType',
    answer: asJson(`<html>${SECRET}</html>`, { 'content-type': 'text/html' }),
  },
  {
    title: 'JSON under no type is refused',
    reason: 'badContentType',
    answer: (_request, response) => response.end('[]'),
  },
  {
    title: 'JSON as a text is refused',
    reason: 'badContentType',
    answer: asJson('[]', { 'content-type': 'text/plain; a=application/json' }),
  },
  { title: 'a reset is a broken connection', reason: 'unreachable', answer: ({ socket }) => socket.resetAndDestroy() },
  {
    title: 'a body cut off before its announced end is none',
    reason: 'badAnswer',
    answer: (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write(`["${SECRET}"`);
      setTimeout(() => response.destroy(), 20);
    },
  },
];

describe('JSON', () => {
  it.each(['application/json', 'Application/JSON ;charset=utf-8', 'text/json', 'application/problem+json'])(
    'is read under the type %s, with or without a byte order mark',
    async (type) => {
      const { origin } = await serve(asJson('\ufeff[1]', { 'content-type': type }));
      expect(await http.getJson(origin)).toEqual([1]);
    },
  );
});

describe('what is no answer', () => {
  it.each(faults)('$title', async ({ reason, answer, request }) => {
    const { origin } = await serve(answer);
    const error = await failureOf(http.getJson(`${origin}/path-of-${SECRET}?${SECRET}`, request));
    expect(error).toMatchObject({ reason });
    expect(error.message).toContain(origin);
    expect(error.message).not.toContain(SECRET);
  });

  it.each([300, 304, 400, 401, 404, 429, 500, 503])('is the status %i', async (status) => {
    const { origin } = await serve((_request, response) =>
      response.writeHead(status).end(status === 304 ? '' : SECRET),
    );
    const error = await failureOf(http.get(origin));
    expect(error).toMatchObject({ reason: 'badStatus', status });
    expect(error.message).toBe(`${origin}: Expected HTTP 200, got ${status}.`);
  });

  it('repeats of a content type only what looks like one', async () => {
    const { origin } = await serve(asJson('', { 'content-type': `text/html, ${SECRET} <b>` }));
    const { message } = await failureOf(http.getJson(origin));
    expect(message).toBe(`${origin}: Expected JSON, got another content type.`);
  });

  it.each([
    { title: 'a greeting of another protocol', greet: (socket: Socket) => socket.end(`SSH-2.0-${SECRET}\r\n`) },
    { title: 'HTTP/0.9', greet: (socket: Socket) => socket.end(`<html>${SECRET}</html>`) },
    {
      title: 'two lengths',
      greet: (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'),
    },
    {
      title: 'a length and chunks',
      greet: (socket: Socket) =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'),
    },
  ])('is no HTTP: $title', async ({ greet }) => {
    const server = await listen(
      createServer((socket) => socket.on('error', () => undefined).once('data', () => greet(socket))),
    );
    ends.push(server.close);
    const error = await failureOf(http.get(server.origin));
    expect(error.reason).toBe('badAnswer');
    expect(error.message).not.toContain(SECRET);
  });

  it('is a port where nobody listens', async () => {
    const server = await openWebServer(() => undefined);
    await server.close();
    const error = await failureOf(http.get(server.origin));
    expect(error.message).toBe(`${server.origin}: Expected a connection that holds, got ECONNREFUSED.`);
  });

  it('is a name server that never answers', async () => {
    const silent = createGuardedHttp({ resolve: () => new Promise(() => undefined) });
    const error = await failureOf(silent.get('http://provider.example', { deadlineMs: 100 }));
    expect(error.reason).toBe('timeout');
  });

  it('ends at once when the caller gives up, before and while', async () => {
    const { origin } = await serve(() => undefined);
    expect((await failureOf(http.get(origin, { signal: AbortSignal.abort() }))).reason).toBe('aborted');
    const controller = new AbortController();
    const got = failureOf(http.get(origin, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    expect((await got).reason).toBe('aborted');
  });

  it('leaves no connection open', async () => {
    for (const { answer, request } of faults) {
      const sockets: Socket[] = [];
      const server = await serve((asked, response) => {
        sockets.push(asked.socket);
        answer(asked, response);
      });
      await failureOf(http.getJson(server.origin, request));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(sockets.every((socket) => socket.destroyed || socket.readableEnded)).toBe(true);
    }
  });
});
