import type { FastifyError, FastifyReply } from 'fastify';
import { RetryableError, toMessage } from '../schema/lib/errors.js';
import type { Log } from '../schema/lib/log.js';
import { Refusal } from './limits/Refusal.js';
import { OUTAGE } from './plugins/formatError.js';

/** What goes wrong before GraphQL sees the request, in the form GraphQL clients expect. */
export function sendError(error: FastifyError, reply: FastifyReply, log: Log): FastifyReply {
  if (error instanceof Refusal) return sendRefusal(error, reply);
  if (error instanceof RetryableError) {
    log.warn(toMessage(error));
    return sendRefusal(new Refusal(OUTAGE, { status: 503, code: 'SERVICE_UNAVAILABLE' }), reply);
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) log.error({ err: error }, 'a request failed');
  const [message, code] =
    status >= 500 ? ['Internal server error', 'INTERNAL_SERVER_ERROR'] : [error.message, 'BAD_REQUEST'];
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

function sendRefusal(
  { message, told: { status, code, headers = {}, details } }: Refusal,
  reply: FastifyReply,
): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .headers(headers)
    .send({ errors: [{ message, extensions: { code, ...details } }], extensions: details });
}
