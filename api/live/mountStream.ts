import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Log } from '../../schema/lib/log.js';
import type { Client } from '../limits/throttle/Throttle.js';
import { sendError } from '../sendError.js';
import type { Connections } from './createConnections.js';
import { MAX_BUFFER_BYTES } from './liveLimits.js';
import { type OperationsOptions, RefusedSubscription, startOperation } from './startOperation.js';

export interface MountStreamOptions extends OperationsOptions {
  readonly places: Connections;
  readonly log: Log;
  readonly toErrors: (errors: readonly GraphQLError[]) => readonly GraphQLFormattedError[];
  /** In ms, between two signs of life; by default a quarter of a minute. */
  readonly pingMs?: number | undefined;
}

/**
 * Server-sent events on /graphql/stream, one subscription a connection (PROTOCOL.md of npm's graphql-sse, distinct connections).
 * Each event bears its cursor as `id`, so that an EventSource goes on by itself where it broke off.
 */
export async function mountStream(app: FastifyInstance, options: MountStreamOptions): Promise<void> {
  const open = new Set<FastifyReply>();
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', 'retry-after, ratelimit, ratelimit-policy, www-authenticate')
        .header('cache-control', 'no-store');
    });
    scope.setErrorHandler((error: FastifyError, _request, reply) => sendError(error, reply, options.log));
    scope.options(PATH, (_request, reply) => sendPreflight(reply));
    scope.route({
      method: ['GET', 'POST'],
      url: PATH,
      handler: (request, reply) => serve(request, reply, { ...options, open }),
    });
  });
  app.addHook('preClose', async () => {
    // Without a word: a client that goes on finds another server, or this one again.
    for (const reply of open) reply.raw.end();
  });
}

const PATH = '/graphql/stream';

type ServeOptions = MountStreamOptions & { readonly open: Set<FastifyReply> };

async function serve(request: FastifyRequest, reply: FastifyReply, options: ServeOptions): Promise<FastifyReply> {
  const { gate, places, toErrors } = options;
  const leave = places.enter(gate.locate(request.raw));
  if (!leave) return sendTooMany(reply);
  try {
    const client = await gate.identify(request.raw);
    // It may have left while its key was looked up, and does not leave again.
    if (reply.raw.closed) {
      leave();
      return reply.hijack();
    }
    return start(request, reply, { ...options, client, leave });
  } catch (thrown) {
    leave();
    if (!(thrown instanceof RefusedSubscription)) throw thrown;
    return reply.code(400).send({ errors: toErrors(thrown.errors) });
  }
}

/** Everything before the first byte may still be refused in JSON. */
function start(
  request: FastifyRequest,
  reply: FastifyReply,
  options: ServeOptions & { readonly client: Client; readonly leave: () => void },
): FastifyReply {
  const { open, client, leave, toErrors, pingMs = PING_MS } = options;
  const { raw } = reply;
  const lastEventId = request.headers['last-event-id'];

  function write(text: string): void {
    // One that was ended stays open until its reader has taken the rest.
    if (raw.writableEnded || raw.destroyed) return;
    if (!raw.headersSent) writeHead(reply);
    raw.write(text);
    // What waits for a slow reader would fill the memory: it may come again, from its last event on.
    if (raw.writableLength > MAX_BUFFER_BYTES) raw.destroy();
  }

  const stop = startOperation(options, client, {
    request: toRequest(request),
    after: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : undefined,
    sink: {
      next: (result, cursor) => write(`id: ${cursor}\nevent: next\ndata: ${result}\n\n`),
      fail(errors) {
        write(`event: next\ndata: ${JSON.stringify({ errors: toErrors(errors) })}\n\nevent: complete\ndata: \n\n`);
        raw.end();
      },
    },
  });
  reply.hijack();
  open.add(reply);
  const held = options.hub.hold();
  const beat = setInterval(() => write(':\n\n'), pingMs).unref();
  raw.once('close', () => {
    clearInterval(beat);
    held.release();
    stop();
    leave();
    open.delete(reply);
  });
  // With the first byte the client knows that it misses nothing.
  void held.ready.then(() => write(':\n\n'));
  return reply;
}

const PING_MS = 15_000;

function writeHead(reply: FastifyReply): void {
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    // Proxies that gather answers would hold events back.
    'x-accel-buffering': 'no',
  });
}

function toRequest(request: FastifyRequest): unknown {
  if (request.method === 'POST') return request.body;
  const { variables, extensions, ...rest } = request.query as Readonly<Record<string, unknown>>;
  return { ...rest, variables: parseParameter(variables), extensions: parseParameter(extensions) };
}

/** What is no JSON is refused as what it is: a text. */
function parseParameter(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sendPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', 'content-type, accept, last-event-id, authorization, x-api-key')
    .header('access-control-max-age', '86400')
    .send();
}

function sendTooMany(reply: FastifyReply): FastifyReply {
  const message = 'Expected fewer connections from one address: close some, or wait.';
  return reply
    .code(429)
    .header('retry-after', '60')
    .send({ errors: [{ message, extensions: { code: 'TOO_MANY_CONNECTIONS' } }] });
}
