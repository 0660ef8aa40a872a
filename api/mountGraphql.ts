import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../schema/lib/log.js';
import type { AnswerCache } from './answers/createAnswerCache.js';
import { tagAnswer } from './answers/entityTag.js';
import { toRequestKey } from './answers/toRequestKey.js';
import type { Context } from './createContext.js';

/** `/graphql` for anyone: the data is public and read-only, so any origin may ask. */
export async function mountGraphql(
  app: FastifyInstance,
  options: {
    readonly apollo: ApolloServer<Context>;
    readonly log: Log;
    readonly context: () => Promise<Context>;
    readonly cache?: AnswerCache;
  },
): Promise<void> {
  const { log } = options;
  const answer = createHandler(options);
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store');
    });
    scope.setErrorHandler((error: FastifyError, _request, reply) => sendError(error, reply, log));
    scope.options('/graphql', (_request, reply) => sendPreflight(reply));
    scope.route<{ Reply: string }>({
      method: ['GET', 'POST'],
      url: '/graphql',
      preHandler: async (request, reply) => {
        if (request.method === 'GET' && !hasOperation(request)) return sendInstructions(request, reply);
      },
      handler: answer,
    });
  });
}

/** Apollo answers what is not kept; a GET bears a tag of what it answers, so that nothing is sent twice. */
function createHandler({
  apollo,
  context,
  cache,
}: {
  readonly apollo: ApolloServer<Context>;
  readonly context: () => Promise<Context>;
  readonly cache?: AnswerCache;
}) {
  const contexts = new WeakMap<FastifyRequest, Context>();
  const answer = fastifyApolloHandler(apollo, {
    async context(request) {
      const created = await context();
      contexts.set(request, created);
      return created;
    },
  }) as (request: FastifyRequest, reply: FastifyReply) => Promise<string | undefined>;

  async function read(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    const key = cache && toRequestKey(request);
    const kept = key === undefined ? undefined : cache?.find(key);
    if (kept) {
      reply.header('content-type', kept.contentType);
      return kept.body;
    }
    const body = await answer(request, reply);
    const snapshot = contexts.get(request)?.present?.database.getGeneration();
    if (key !== undefined && snapshot && isWhole(body, reply)) {
      cache?.keep(key, { body, contentType: String(reply.getHeader('content-type')) }, snapshot);
    }
    return body;
  }

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const body = await read(request, reply);
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
    .header('access-control-allow-headers', 'content-type, apollo-require-preflight, if-none-match')
    .header('access-control-max-age', '86400')
    .send();
}

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

/** What goes wrong before GraphQL sees the request, in the form GraphQL clients expect. */
function sendError(error: FastifyError, reply: FastifyReply, log: Log): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500) log.error({ err: error }, 'a request failed');
  const [message, code] =
    status >= 500 ? ['Internal server error', 'INTERNAL_SERVER_ERROR'] : [error.message, 'BAD_REQUEST'];
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}
