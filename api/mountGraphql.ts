import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../schema/lib/log.js';
import type { Context } from './createContext.js';

/** `/graphql` for anyone: the data is public and read-only, so any origin may ask. */
export async function mountGraphql(
  app: FastifyInstance,
  options: { readonly apollo: ApolloServer<Context>; readonly log: Log; readonly context: () => Promise<Context> },
): Promise<void> {
  const { apollo, log, context } = options;
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
      handler: fastifyApolloHandler(apollo, { context }),
    });
  });
}

function sendPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', 'content-type, apollo-require-preflight')
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
