import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Context } from '../createContext.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import { isInternal } from './formatError.js';

/**
 * Logs what clients are not told. Of all that was asked nothing came: 503 where the database was out of reach, 400 where only the
 * client can mend it.
 */
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
          if (response.body.kind !== 'single' || !isEmpty(response.body.singleResult.data)) return;
          const { errors = [] } = response.body.singleResult;
          if (outage) response.http.status = 503;
          else if (errors.length > 0 && errors.every(isOfClient)) response.http.status ??= 400;
        },
      };
    },
  };
}

/** What asking again in the same way does not mend, and is not ours to mend. */
function isOfClient({ extensions }: GraphQLFormattedError): boolean {
  return !NOT_OF_CLIENT.has(String(extensions?.code));
}

const NOT_OF_CLIENT = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'QUERY_TIMEOUT', 'CURSOR_AHEAD']);

/** What could be read is worth a 200, whatever is missing beside it. */
function isEmpty(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return Object.values(data ?? {}).every((value) => value === null);
}
