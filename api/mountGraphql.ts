import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../schema/lib/log.js';
import type { AnswerCache } from './answers/createAnswerCache.js';
import { tagAnswer } from './answers/entityTag.js';
import { toRequestKey } from './answers/toRequestKey.js';
import { withStatus } from './answers/withStatus.js';
import type { Context } from './createContext.js';
import { assertRequest } from './limits/assertRequest.js';
import type { Gate, Visit } from './limits/createGate.js';
import type { Turns } from './limits/createTurns.js';
import { isTooLarge, refuseResult } from './limits/resultSize.js';
import { toThrottleHeaders } from './limits/throttle/toThrottleHeaders.js';
import { sendError } from './sendError.js';

/** `/graphql` for anyone: the data is public and read-only, so any origin may ask. */
export async function mountGraphql(
  app: FastifyInstance,
  options: {
    readonly apollo: ApolloServer<Context>;
    readonly log: Log;
    readonly context: (visit?: Visit) => Promise<Context>;
    readonly cache?: AnswerCache;
    /** Of what is not kept. */
    readonly turns: Turns;
    /** Absent: anybody may ask anything that is within the limits of a query. */
    readonly gate?: Gate;
  },
): Promise<void> {
  const { log, gate } = options;
  const answer = createHandler(options);
  await app.register(async (scope) => {
    scope.decorateRequest('visit', undefined).decorateRequest('context', undefined);
    scope.addHook('onRequest', async (_request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', EXPOSED_HEADERS)
        .header('cache-control', 'no-store');
    });
    scope.setErrorHandler((error: FastifyError, _request, reply) => sendError(error, reply, log));
    scope.options('/graphql', (_request, reply) => sendPreflight(reply));
    scope.route<{ Reply: string }>({
      method: ['GET', 'POST'],
      url: '/graphql',
      // Before the body is read: whoever has nothing left need not send it.
      async onRequest(request: Asked, reply) {
        if (!gate) return;
        const visit = gate.enter(await gate.identify(request.raw));
        request.visit = visit;
        // It may have left while its key was looked up.
        if (reply.raw.closed) visit.leave();
        else reply.raw.once('close', visit.leave);
      },
      preHandler: async (request, reply) => {
        if (request.method === 'GET' && !hasOperation(request)) return sendInstructions(request, reply);
        assertRequest(request);
      },
      handler: answer,
    });
  });
}

/** Who asks and with what stands at the request itself: in maps with weak keys it costs the collector of garbage as much as the answer. */
type Asked = FastifyRequest & { visit?: Visit; context?: Context };

/** Apollo answers what is not kept; a GET bears a tag of what it answers, so that nothing is sent twice. */
function createHandler({
  apollo,
  context,
  cache,
  turns,
}: {
  readonly apollo: ApolloServer<Context>;
  readonly context: (visit?: Visit) => Promise<Context>;
  readonly cache?: AnswerCache;
  readonly turns: Turns;
}) {
  const answer = fastifyApolloHandler(apollo, {
    async context(request: Asked, reply) {
      const created = await context(request.visit);
      request.context = created;
      // Nobody waits for what has not gone out by then; some leave before their turn.
      if (reply.raw.closed) created.present.database.abandon();
      else reply.raw.once('close', () => reply.raw.writableFinished || created.present.database.abandon());
      return created;
    },
  }) as (request: FastifyRequest, reply: FastifyReply) => Promise<string | undefined>;

  async function answerInTurn(request: Asked, reply: FastifyReply): Promise<string | undefined> {
    const end = await turns.take();
    try {
      return await answer(request, reply);
    } finally {
      end();
    }
  }

  async function read(
    request: Asked,
    reply: FastifyReply,
  ): Promise<{ readonly body: string | undefined; readonly isKept: boolean }> {
    const key = cache && toRequestKey(request);
    const kept = key === undefined ? undefined : cache?.find(key);
    if (kept) {
      reply.header('content-type', kept.contentType);
      return { body: kept.body, isKept: true };
    }
    const answered = await answerInTurn(request, reply);
    if (answered !== undefined && isTooLarge(answered)) throw refuseResult(answered);
    const body = answered;
    const snapshot = request.context?.present?.database.getGeneration();
    if (key !== undefined && snapshot && isWhole(body, reply)) {
      cache?.keep(key, { body, contentType: String(reply.getHeader('content-type')) }, snapshot);
    }
    return { body, isKept: false };
  }

  return async (request: Asked, reply: FastifyReply) => {
    const { body, isKept } = await read(request, reply);
    const { visit } = request;
    const status = visit?.getStatus();
    if (status) reply.headers(toThrottleHeaders(status));
    if (visit && status && body !== undefined && request.method !== 'GET') return withStatus(body, visit, { isKept });
    if (request.method !== 'GET' || !isWhole(body, reply) || !tagAnswer(request, reply, body)) return body;
    reply.code(304).send();
    return undefined;
  };
}

/** An answer with errors begins with them. */
function isWhole(body: unknown, reply: FastifyReply): body is string {
  return typeof body === 'string' && reply.statusCode === 200 && body.startsWith('{"data":');
}

function sendPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', ALLOWED_HEADERS)
    .header('access-control-max-age', '86400')
    .send();
}

const ALLOWED_HEADERS = [
  ...['content-type', 'authorization', 'x-api-key', 'if-none-match'],
  ...['apollo-require-preflight', 'x-apollo-operation-name', 'x-computescan-export'],
].join(', ');
const EXPOSED_HEADERS = 'etag, retry-after, ratelimit, ratelimit-policy, www-authenticate';

/** A persisted query comes without its text. */
function hasOperation(request: FastifyRequest): boolean {
  const parameters = request.query as Readonly<Record<string, unknown>>;
  return 'query' in parameters || 'extensions' in parameters;
}

function sendInstructions(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .type('text/plain; charset=utf-8')
    .header('x-content-type-options', 'nosniff')
    .send(
      [
        'This is a GraphQL API. POST a query as JSON:',
        '',
        `  curl ${request.protocol}://${request.host}/graphql -H 'content-type: application/json' \\`,
        `    -d '{"query": "{ providers(first: 5) { id jobCount } }"}'`,
        '',
        'The schema answers introspection.',
        '',
      ].join('\n'),
    );
}
