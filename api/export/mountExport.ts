import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import type { Gate } from '../limits/createGate.js';
import { Refusal } from '../limits/Refusal.js';
import { OUTAGE } from '../plugins/formatError.js';
import type { Exports } from './createExports.js';
import type { FileQuestion } from './FileQuestion.js';
import { ExportError } from './request/ExportError.js';
import { MAX_URL, parseFileName } from './request/readExportRequest.js';

export interface MountOptions {
  readonly exports: Exports;
  readonly log: Log;
  readonly gate: Gate;
}

/** `/export/<list>.<format>` and `/export/metric/<metric>.<format>`, for anyone: the data is public and read-only. */
export async function mountExport(app: FastifyInstance, options: MountOptions): Promise<void> {
  const { exports, log } = options;
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', EXPOSED_HEADERS)
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff');
    });
    scope.setErrorHandler((error: FastifyError, _request, reply) => sendError(error, reply, log));
    // A page of another origin may send a key.
    scope.options('/export/*', (_request, reply) => sendPreflight(reply));
    // A HEAD would make a whole file for nothing.
    const route = { exposeHeadRoute: false };
    scope.get<FileRoute>('/export/:file', route, (request, reply) =>
      send(request, reply, options, () => exports.listFiles.read(parseFileName(request.params.file), request.query)),
    );
    scope.get<FileRoute>('/export/metric/:file', route, (request, reply) =>
      send(request, reply, options, () => exports.metricFiles.read(parseFileName(request.params.file), request.query)),
    );
  });
}

const EXPOSED_HEADERS = 'content-disposition, retry-after, ratelimit, ratelimit-policy, www-authenticate';

function sendPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, OPTIONS')
    .header('access-control-allow-headers', 'authorization, x-api-key')
    .header('access-control-max-age', '86400')
    .send();
}

interface FileRoute {
  Params: { readonly file: string };
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { exports, log, gate }: MountOptions,
  read: () => FileQuestion,
): Promise<FastifyReply> {
  if (request.url.length > MAX_URL) {
    throw new ExportError(
      414,
      'URL_TOO_LONG',
      `Expected a URL of at most ${MAX_URL} characters, got ${request.url.length}.`,
    );
  }
  const question = read();
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const client = await gate.identify(request.raw);
  // It may have left while its key was looked up.
  if (gone.signal.aborted) return reply.hijack();
  gate.pay(client, FILE_POINTS);
  const opened = await exports.open(question, { client: client.id, signal: gone.signal }).catch((thrown: unknown) => {
    // For whom there is no room nothing was read.
    if (thrown instanceof ExportError && thrown.retryAfterSeconds !== undefined)
      gate.throttle?.refund(client, FILE_POINTS);
    if (!gone.signal.aborted) throw thrown;
  });
  // Nobody is there to be answered.
  if (!opened) return reply.hijack();
  const { name, contentType, body } = opened;
  body.on('error', (thrown) => {
    if (!gone.signal.aborted) log.warn({ file: name }, `a file was broken off: ${toMessage(thrown)}`);
  });
  return reply.type(contentType).header('content-disposition', `attachment; filename="${name}"`).send(body);
}

/** As much as the dearest query but nine: a file keeps a connection for as long as its reader takes. */
const FILE_POINTS = 100;

function sendError(thrown: unknown, reply: FastifyReply, log: Log): FastifyReply {
  if (thrown instanceof Refusal) reply.headers(thrown.told.headers ?? {});
  const { status, code, message, retryAfterSeconds } = toAnswer(thrown);
  if (status >= 500 && code === 'INTERNAL_SERVER_ERROR') log.error({ err: thrown }, 'a file failed');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code } }] });
}

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** As GraphQL answers it: mistakes in full, and of our bugs only that there was one. */
function toAnswer(thrown: unknown): Answer {
  if (thrown instanceof ExportError) return thrown;
  if (thrown instanceof Refusal) return { message: thrown.message, ...thrown.told };
  if (thrown instanceof UserError) return { status: 400, code: 'BAD_USER_INPUT', message: thrown.message };
  if (thrown instanceof QueryTimeout) return { status: 503, code: 'QUERY_TIMEOUT', message: thrown.message };
  if (thrown instanceof RetryableError) {
    return { status: 503, code: 'SERVICE_UNAVAILABLE', message: OUTAGE, retryAfterSeconds: 5 };
  }
  const { code } = (thrown instanceof GraphQLError ? thrown.extensions : {}) as { readonly code?: string };
  if (thrown instanceof GraphQLError && code) return { status: 400, code, message: thrown.message };
  const status = (thrown as FastifyError).statusCode ?? 500;
  return status < 500
    ? { status, code: 'BAD_REQUEST', message: toMessage(thrown) }
    : { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' };
}
