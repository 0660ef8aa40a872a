import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Context } from '../createContext.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import { isAboutVariables, isInternal } from './formatError.js';

/** Logs what clients are not told, and answers 503 while the database is out of reach. */
export function errorPlugin(log: Log): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      let outage = false;
      return {
        async didEncounterErrors({ errors, operationName }) {
          for (const error of errors) {
            const cause = unwrapResolverError(error);
            if (cause instanceof UserError || isAboutVariables(error)) continue;
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
          if (outage) response.http.status = 503;
        },
      };
    },
  };
}
