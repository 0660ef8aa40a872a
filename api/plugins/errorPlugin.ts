import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Context } from '../createContext.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import { isInternal } from './formatError.js';

/** Logs what clients are not told, and answers 503 when the database was out of reach for all that was asked. */
export function errorPlugin(log: Log): ApolloServerPlugin<Context> {
  return {
    // What goes wrong outside of any field: Apollo answers 500 and keeps the cause to itself.
    async unexpectedErrorProcessingRequest({ error }) {
      log.error({ err: error }, 'a request failed');
    },
    async requestDidStart() {
      let outage = false;
      return {
        async didEncounterErrors({ errors, operationName }) {
          for (const error of errors) {
            const cause = unwrapResolverError(error);
            if (cause instanceof UserError) continue;
            const where = { operation: operationName, path: error.path?.join('.') };
            if (cause instanceof RetryableError) {
              outage = true;
              log.warn(where, toMessage(cause));
            } else if (cause instanceof QueryTimeout) {
              log.warn({ ...where, sql: cause.sql }, 'statement timeout');
            } else if (isInternal(error)) {
              log.error({ ...where, err: cause }, 'a query failed');
            }
          }
        },
        async willSendResponse({ response }) {
          if (outage && response.body.kind === 'single' && isEmpty(response.body.singleResult.data)) {
            response.http.status = 503;
          }
        },
      };
    },
  };
}

/** What could be read is worth a 200, whatever is missing beside it. */
function isEmpty(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return Object.values(data ?? {}).every((value) => value === null);
}
