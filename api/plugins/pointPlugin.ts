import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { RetryableError } from '../../schema/lib/errors.js';
import { type Context, goTo } from '../createContext.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import { assertCost } from '../limits/assertCost.js';
import { readPointRequest } from '../point/readPointRequest.js';
import { toAsOf, toAsOfText } from '../point/toAsOf.js';
import { OUTAGE } from './formatError.js';

/**
 * Refuses operations that cost too much. Takes any other as a whole to the moment that it asks for, before any of it runs,
 * and says in `extensions.asOf` which it was.
 */
export function pointPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue: context }) {
          if (!operation) return;
          const question = { schema, document, operation, variables: request.variables ?? {} };
          // First, as plugins are asked side by side: what is refused must not take a snapshot.
          assertCost(question);
          const asked = readPointRequest(question);
          if (!asked) return;
          const asOf = await toAsOf(context.database, asked, context.now).catch((thrown: unknown) => {
            throw toPlain(thrown);
          });
          if (asOf) goTo(context, asOf);
        },
        async willSendResponse({ response, contextValue: { asOf } }) {
          if (!asOf || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          singleResult.extensions = { ...singleResult.extensions, asOf: toAsOfText(asOf) };
        },
      };
    },
  };
}

/** Outside of fields nothing tells an outage from a bug. */
function toPlain(thrown: unknown): unknown {
  if (thrown instanceof RetryableError) {
    return new GraphQLError(OUTAGE, { extensions: { code: 'SERVICE_UNAVAILABLE', http: { status: 503 } } });
  }
  return thrown instanceof QueryTimeout
    ? new GraphQLError(thrown.message, { extensions: { code: 'QUERY_TIMEOUT' } })
    : thrown;
}
