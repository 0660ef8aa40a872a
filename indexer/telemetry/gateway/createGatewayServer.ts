import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { MAX_BODY_BYTES } from '../../../schema/heartbeat/envelope.js';
import type { VerdictCode } from '../../../schema/heartbeat/verdicts.js';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Runtime } from '../../lib/runtime.js';
import { isOutage } from '../../writer/outage.js';
import { CommitLostError } from '../../writer/transact.js';
import { BusyError } from '../bus/TelemetryBus.js';
import { type Answer, isRefusal, type Refusal, toStatus, toText } from './Answer.js';
import type { Received } from './Gateway.js';
import { MAX_SCOPE_BYTES } from './limits.js';
import { toSource } from './toSource.js';

export type Routes = Readonly<
  Record<
    `POST ${string}` | `GET ${string}`,
    (received: Received, query: Readonly<Record<string, string | undefined>>) => Promise<Answer>
  >
>;

export interface ServerOptions {
  readonly routes: Routes;
  readonly log: Log;
  readonly runtime: Pick<Runtime, 'wallTime'>;
  readonly trustProxy: boolean;
  /** Counts up what is answered. */
  readonly counts: Partial<Record<VerdictCode, number>>;
  readonly maxConnections: number;
  readonly readiness: () => Promise<{ readonly database: boolean; readonly queue: boolean }>;
}

/** HTTP around answers. Bodies stay bytes: what was signed is what came. */
export function createGatewayServer(options: ServerOptions): FastifyInstance {
  const { routes, readiness } = options;
  const app = fastify({
    logger: false,
    bodyLimit: MAX_SCOPE_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
  });
  app.server.maxConnections = options.maxConnections;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  // Before the body is read: what is inflated has no length that could be looked at.
  app.addHook('onRequest', (request, reply, done) => {
    const { 'content-encoding': encoding } = request.headers;
    if (encoding === undefined || encoding === 'identity') return done();
    send(options, reply.header('connection', 'close'), refuseEncoding(encoding));
  });
  for (const [route, answer] of Object.entries(routes)) {
    const [method = '', url = ''] = route.split(' ');
    const bodyLimit = url === '/v1/heartbeats' ? MAX_BODY_BYTES : MAX_SCOPE_BYTES;
    app.route({ method, url, bodyLimit, handler: (request, reply) => handle(options, { request, reply, answer }) });
  }
  app.get('/health/live', async () => ({ live: true }));
  app.get('/health/ready', async (_, reply) => {
    const parts = await readiness();
    const ready = parts.database && parts.queue;
    return reply.code(ready ? 200 : 503).send({ ready, ...parts });
  });
  app.setNotFoundHandler((request, reply) => send(options, reply, refusePath(request, routes)));
  app.setErrorHandler((error, _, reply) => send(options, reply, toRefusal(error, options.log)));
  app.addHook('preClose', (done) => {
    if (app.server.listening) drain(app);
    done();
  });
  return app;
}

const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the minute between two beats: a connection that stays saves both sides another handshake. */
const KEEP_ALIVE_MS = 75_000;

async function handle(
  options: ServerOptions,
  {
    request,
    reply,
    answer,
  }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly answer: Routes[`POST ${string}`] },
): Promise<FastifyReply> {
  const { raw } = request;
  // Nothing signs a query, so nothing may stand in one.
  if (raw.method === 'POST' && raw.url?.includes('?')) return send(options, reply, refuseQuery(raw.url));
  const source = toSource(raw, options.trustProxy);
  const body = (request.body as Buffer | undefined) ?? EMPTY;
  const query = raw.method === 'GET' ? (request.query as Readonly<Record<string, string | undefined>>) : {};
  try {
    return send(options, reply, await answer({ headers: raw.headers, body, source }, query));
  } catch (thrown) {
    return send(options, reply, toRefusal(thrown, options.log));
  }
}

const EMPTY = Buffer.alloc(0);

function send({ counts, runtime }: ServerOptions, reply: FastifyReply, answer: Answer): FastifyReply {
  counts[answer.code] = (counts[answer.code] ?? 0) + 1;
  reply.code(toStatus(answer)).header('content-type', 'application/json; charset=utf-8');
  if (isRefusal(answer) && answer.retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(answer.retryAfterSeconds));
  }
  return reply.send(toText(answer, runtime.wallTime().getTime()));
}

/** Of whatever was thrown. What passes by itself is the sender's to send again. */
function toRefusal(thrown: unknown, log: Log): Refusal {
  const { code, statusCode } = thrown as { readonly code?: unknown; readonly statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return {
      code: 'TOO_LARGE',
      message: `Expected a body of at most ${MAX_BODY_BYTES} bytes (${MAX_SCOPE_BYTES} for lists of nodes), got more: send fewer beats at once.`,
    };
  }
  if (typeof code === 'string' && code.startsWith('FST_') && Number(statusCode) < 500) {
    return { code: 'MALFORMED', message: `Expected a well-formed request, got: ${toMessage(thrown)}` };
  }
  if (thrown instanceof BusyError) return busy(`${thrown.message} Send the same again later.`);
  if (thrown instanceof CommitLostError || isOutage(thrown)) {
    log.warn(`A request was put off: ${toMessage(thrown)}`);
    return busy('Expected the database to answer, and it does not for now: send the same again later.');
  }
  log.error({ err: thrown }, 'A request failed by a bug.');
  return {
    ...{ code: 'INTERNAL', retryAfterSeconds: 5 },
    message: 'Expected to answer, and failed by a fault of this gateway: send the same again later.',
  };
}

function busy(message: string): Refusal {
  return { code: 'BUSY', message, retryAfterSeconds: 1 };
}

function refuseEncoding(encoding: string): Refusal {
  return {
    code: 'UNSUPPORTED',
    message: `Expected a body without compression, got content-encoding ${encoding.slice(0, 40)}: send it as it is.`,
  };
}

function refusePath({ raw }: FastifyRequest, routes: Routes): Refusal {
  return {
    ...{ code: 'MALFORMED', status: 404 },
    message: `Expected ${Object.keys(routes).join(', ')}, GET /health/live or GET /health/ready, got ${raw.method} ${raw.url?.slice(0, 80)}: correct the path.`,
  };
}

function refuseQuery(url: string): Refusal {
  return {
    code: 'MALFORMED',
    message: `Expected a path without a query, which nobody signs, got ${url.slice(0, 80)}: leave it out.`,
  };
}

/** A kept-alive connection turns idle only when its last answer is out. */
function drain(app: FastifyInstance): void {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  app.server.once('close', () => {
    clearInterval(sweep);
    clearTimeout(cut);
  });
}

const SWEEP_MS = 50;
/** A commit under way takes far less; SIGTERM allows ten seconds in all, and the bus needs three. */
const DRAIN_MS = 6_000;
