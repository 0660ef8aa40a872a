import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpTransport } from './createHttpTransport.js';
import type { RpcCall, SendOptions, Transport } from './Transport.js';
import { TransportError } from './TransportError.js';

const KEY = 'secret-key';
const call: RpcCall = { method: 'eth_blockNumber', params: [] };
const limits: SendOptions = { deadlineMs: 5_000, maxBytes: 1_048_576 };
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Message {
  readonly jsonrpc: string;
  readonly id: number;
  readonly method: string;
}
type Answer = (asked: Message | readonly Message[], response: ServerResponse, request: IncomingMessage) => void;

async function serve(answer: Answer): Promise<{ transport: Transport; url: string }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(JSON.parse(Buffer.concat(chunks).toString()), response, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://user:${KEY}@127.0.0.1:${(server.address() as AddressInfo).port}/v2/${KEY}?key=${KEY}`;
  const transport = createHttpTransport(url);
  ends.push(async () => {
    await transport.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { transport, url };
}

async function failureOf(promise: Promise<unknown>): Promise<TransportError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof TransportError)) throw new Error(`Expected a TransportError, got ${String(thrown)}.`);
  return thrown;
}

function single(asked: Message | readonly Message[]): Message {
  if (Array.isArray(asked)) throw new Error('Expected a bare call, got a batch.');
  return asked as Message;
}

function many(asked: Message | readonly Message[]): readonly Message[] {
  if (!Array.isArray(asked)) throw new Error('Expected a batch, got a bare call.');
  return asked;
}

const toResult = ({ id }: Message, result: unknown = `0x${id}`) => ({ jsonrpc: '2.0', id, result });

describe('the HTTP transport', () => {
  it('sends one call bare, with the user of the URL as a header and the path kept', async () => {
    const seen: { path: string | undefined; user: string | undefined; encoding: unknown }[] = [];
    const { transport } = await serve((asked, response, { url, headers }) => {
      seen.push({ path: url, user: headers.authorization, encoding: headers['accept-encoding'] });
      response.end(JSON.stringify(toResult(single(asked), '0x10')));
    });
    const reply = await transport.send([call], limits);
    expect(reply).toEqual({ answers: [{ kind: 'result', value: '0x10' }], bytes: 40 });
    expect(seen).toEqual([
      {
        path: `/v2/${KEY}?key=${KEY}`,
        user: `Basic ${Buffer.from(`user:${KEY}`).toString('base64')}`,
        encoding: 'identity',
      },
    ]);
  });

  it('puts the answers of a batch in the order of the calls, whatever order they come in', async () => {
    const { transport } = await serve((asked, response) => {
      const answers = many(asked).map((message) => toResult(message, message.method));
      response.end(JSON.stringify(answers.reverse()));
    });
    const calls = ['a', 'b', 'c'].map((method) => ({ method, params: [] }));
    const { answers } = await transport.send(calls, limits);
    expect(answers).toEqual(['a', 'b', 'c'].map((value) => ({ kind: 'result', value })));
  });

  it('keeps its connections', async () => {
    const ports = new Set<number | undefined>();
    const { transport } = await serve((asked, response, request) => {
      ports.add(request.socket.remotePort);
      response.end(JSON.stringify(toResult(single(asked))));
    });
    for (let round = 0; round < 20; round += 1) await transport.send([call], limits);
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('takes an error of the node for an answer, under any status that does not deny access', async () => {
    const { transport } = await serve((asked, response) => {
      const error = { code: -32614, message: 'eth_getLogs is limited to a 10,000 range' };
      response.writeHead(413).end(JSON.stringify({ jsonrpc: '2.0', id: single(asked).id, error }));
    });
    const { answers } = await transport.send([call], limits);
    expect(answers).toEqual([{ kind: 'error', code: -32614, message: 'eth_getLogs is limited to a 10,000 range' }]);
  });

  it('lets one error in place of a batch stand for every call', async () => {
    const { transport } = await serve((_asked, response) => {
      response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32600, message: 'no batches' } }));
    });
    const { answers, refusedWhole } = await transport.send([call, call], limits);
    expect(refusedWhole).toBe(true);
    expect(answers).toEqual([
      { kind: 'error', code: -32600, message: 'no batches' },
      { kind: 'error', code: -32600, message: 'no batches' },
    ]);
  });

  it('reads text beyond ASCII', async () => {
    const { transport } = await serve((asked, response) =>
      response.end(JSON.stringify(toResult(single(asked), 'é–😀'))),
    );
    expect((await transport.send([call], limits)).answers).toEqual([{ kind: 'result', value: 'é–😀' }]);
  });

  it('undoes gzip and counts what comes out', async () => {
    const value = `0x${'0'.repeat(100_000)}`;
    const { transport } = await serve((asked, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(JSON.stringify(toResult(single(asked), value))));
    });
    const reply = await transport.send([call], limits);
    expect(reply.answers).toEqual([{ kind: 'result', value }]);
    expect(reply.bytes).toBeGreaterThan(100_000);
  });
});

const faults: readonly {
  title: string;
  fault: string;
  answer: Answer;
  calls?: number;
  options?: Partial<SendOptions>;
}[] = [
  {
    title: 'an endless drip ends at the deadline, although each byte is in time',
    fault: 'timeout',
    options: { deadlineMs: 300 },
    answer: (_asked, response) => {
      response.write('{"jsonrpc":"2.0",');
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
  },
  { title: 'silence ends at the deadline', fault: 'timeout', options: { deadlineMs: 200 }, answer: () => undefined },
  {
    title: 'a body cut off before its announced end is a broken connection',
    fault: 'network',
    answer: (asked, response) => {
      const text = JSON.stringify(toResult(single(asked)));
      response.writeHead(200, { 'content-length': text.length });
      response.write(text.slice(0, 20));
      setTimeout(() => response.destroy(), 20);
    },
  },
  {
    title: 'half of a JSON is malformed',
    fault: 'malformed',
    answer: (asked, response) => response.end(JSON.stringify(toResult(single(asked))).slice(0, 20)),
  },
  {
    title: 'HTML under status 200 is malformed',
    fault: 'malformed',
    answer: (_asked, response) => response.end('<!DOCTYPE html><html><body>Sign in</body></html>'),
  },
  {
    title: 'bytes that are no UTF-8 are malformed',
    fault: 'malformed',
    answer: (_asked, response) => response.end(Buffer.from([0x22, 0xc3, 0x28, 0x22])),
  },
  {
    title: 'a body announced over the cap is refused unread',
    fault: 'tooLarge',
    answer: (_asked, response) => {
      response.writeHead(200, { 'content-length': 67_108_865 });
      response.write('{');
    },
  },
  {
    title: 'a body that grows over the cap unannounced is cut off',
    fault: 'tooLarge',
    answer: (_asked, response) => {
      const block = Buffer.alloc(262_144, 0x20);
      const pour = () => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', pour).on('error', () => undefined);
      pour();
    },
  },
  {
    title: 'a gzip bomb is cut off as it grows',
    fault: 'tooLarge',
    answer: (_asked, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(Buffer.alloc(20_000_000, 0x20)));
    },
  },
  {
    title: 'gzip that is none is malformed',
    fault: 'malformed',
    answer: (_asked, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('not gzip at all');
    },
  },
  {
    title: 'an encoding that was not asked for is malformed',
    fault: 'malformed',
    answer: (_asked, response) => {
      response.setHeader('content-encoding', 'br');
      response.end('x');
    },
  },
  {
    title: 'a reset is a broken connection',
    fault: 'network',
    answer: (_asked, { socket }) => socket?.resetAndDestroy(),
  },
  {
    title: 'a redirect is refused',
    fault: 'refused',
    answer: (_asked, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  },
  {
    title: 'a key that is not accepted is refused, also in JSON-RPC',
    fault: 'refused',
    answer: (asked, response) =>
      response
        .writeHead(401)
        .end(JSON.stringify({ jsonrpc: '2.0', id: single(asked).id, error: { code: -32000, message: 'no key' } })),
  },
  {
    title: 'a status of 502 in HTML is refused',
    fault: 'refused',
    answer: (_, response) => response.writeHead(502).end('<html>'),
  },
  {
    title: 'a result under a status of 500 is refused',
    fault: 'refused',
    answer: (asked, response) => response.writeHead(500).end(JSON.stringify(toResult(single(asked)))),
  },
  {
    title: 'the answer to another call is malformed',
    fault: 'malformed',
    answer: (asked, response) => response.end(JSON.stringify({ ...toResult(single(asked)), id: 999_999 })),
  },
  {
    title: 'an id of another type is malformed',
    fault: 'malformed',
    answer: (asked, response) =>
      response.end(JSON.stringify({ ...toResult(single(asked)), id: String(single(asked).id) })),
  },
  {
    title: 'an answer that is neither result nor error is malformed',
    fault: 'malformed',
    answer: (asked, response) => response.end(JSON.stringify({ jsonrpc: '2.0', id: single(asked).id })),
  },
  {
    title: 'an answer that is both result and error is malformed',
    fault: 'malformed',
    answer: (asked, response) =>
      response.end(JSON.stringify({ ...toResult(single(asked)), error: { code: 1, message: 'x' } })),
  },
  {
    title: 'an error without a code is malformed',
    fault: 'malformed',
    answer: (asked, response) =>
      response.end(JSON.stringify({ jsonrpc: '2.0', id: single(asked).id, error: { message: 'x' } })),
  },
  {
    title: 'a list for a single call is malformed',
    fault: 'malformed',
    answer: (asked, response) => response.end(JSON.stringify([toResult(single(asked))])),
  },
  {
    title: 'a batch with an answer missing is malformed',
    fault: 'malformed',
    calls: 3,
    answer: (asked, response) =>
      response.end(
        JSON.stringify(
          many(asked)
            .slice(1)
            .map((message) => toResult(message)),
        ),
      ),
  },
  {
    title: 'a batch with an id twice is malformed',
    fault: 'malformed',
    calls: 3,
    answer: (asked, response) => {
      const [first, second] = many(asked).map((message) => toResult(message));
      response.end(JSON.stringify([first, second, second]));
    },
  },
  {
    title: 'one result in place of a batch is malformed',
    fault: 'malformed',
    calls: 2,
    answer: (asked, response) => response.end(JSON.stringify(many(asked).map((message) => toResult(message))[0])),
  },
];

describe('what is no answer', () => {
  it.each(faults)('$title', async ({ fault, answer, calls = 1, options }) => {
    const { transport } = await serve(answer);
    const batch = Array.from({ length: calls }, () => call);
    const error = await failureOf(transport.send(batch, { ...limits, ...options }));
    expect(error).toMatchObject({ fault });
    expect(error.message).toContain('127.0.0.1');
    expect(error.message).not.toContain(KEY);
  });

  it('goes back to work after any of them', async () => {
    let broken = true;
    const { transport } = await serve((asked, response) => {
      if (broken) response.end('<html>');
      else response.end(JSON.stringify(toResult(single(asked), '0x1')));
    });
    await failureOf(transport.send([call], limits));
    broken = false;
    expect((await transport.send([call], limits)).answers).toEqual([{ kind: 'result', value: '0x1' }]);
  });

  it.each([
    { status: 429, header: '7', retryAfterMs: 7_000 },
    { status: 503, header: '2', retryAfterMs: 2_000 },
    { status: 429, header: undefined, retryAfterMs: undefined },
    { status: 429, header: 'soon', retryAfterMs: undefined },
  ])('says when to come back: $status with Retry-After $header', async ({ status, header, retryAfterMs }) => {
    const { transport } = await serve((_asked, response) => {
      if (header) response.setHeader('retry-after', header);
      response.writeHead(status).end('slow down');
    });
    const error = await failureOf(transport.send([call], limits));
    expect(error.fault).toBe('rateLimited');
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  it('has no patience with 503 that names no time', async () => {
    const { transport } = await serve((_asked, response) => response.writeHead(503).end());
    expect((await failureOf(transport.send([call], limits))).fault).toBe('refused');
  });

  it('ends at once when the caller gives up', async () => {
    const { transport } = await serve(() => undefined);
    const controller = new AbortController();
    const sent = failureOf(transport.send([call], { ...limits, signal: controller.signal }));
    controller.abort();
    expect((await sent).fault).toBe('aborted');
  });

  it('says that nobody listens', async () => {
    const transport = createHttpTransport(`http://127.0.0.1:1/${KEY}`);
    ends.push(() => transport.close());
    const error = await failureOf(transport.send([call], limits));
    expect(error.fault).toBe('network');
    expect(error.message).not.toContain(KEY);
  });

  it('holds no more than the cap of a body of 96 MiB', async () => {
    const { transport } = await serve((_asked, response) => {
      const block = Buffer.alloc(1_048_576, 0x20);
      let left = 96;
      const pour = () => {
        while (left > 0 && !response.destroyed && response.write(block)) left -= 1;
      };
      response.on('drain', pour).on('error', () => undefined);
      pour();
    });
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 5);
    const error = await failureOf(transport.send([call], { deadlineMs: 20_000, maxBytes: 8_388_608 }));
    clearInterval(watch);
    expect(error.fault).toBe('tooLarge');
    expect(most).toBeLessThan(48 * 1_048_576);
  });
});
