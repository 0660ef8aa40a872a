import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { RetryableError } from '../../schema/lib/errors.js';
import { type Context, goTo } from '../createContext.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import { assertCost } from '../limits/assertCost.js';
import type { Visit } from '../limits/createGate.js';
import type { Cost } from '../limits/measureCost.js';
import { Refusal } from '../limits/Refusal.js';
import { readPointRequest } from '../point/readPointRequest.js';
import { toAsOf, toAsOfText } from '../point/toAsOf.js';
import { OUTAGE } from './formatError.js';

/**
 * Refuses operations that cost too much, or more than their client has left. Takes any other as a whole to the moment that it asks for, before any of it runs,
 * and says in `extensions.asOf` which it was.
 */
export function pointPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue: context }) {
          if (!operation) return;
          assertQuery(operation.operation);
          const question = { schema, document, operation, variables: request.variables ?? {} };
          // First, as plugins are asked side by side: what is refused must not take a snapshot.
          const cost = assertCost(question);
          charge(context.visit, cost);
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

/** What changes nothing and ends; subscriptions have ways of their own. */
function assertQuery(operation: OperationTypeNode): void {
  if (operation === OperationTypeNode.QUERY) return;
  const way =
    operation === OperationTypeNode.SUBSCRIPTION
      ? 'open a WebSocket on /graphql, or read /graphql/stream as server-sent events'
      : 'nothing can be written here';
  throw new GraphQLError(`Expected a query, got a ${operation}: ${way}.`, {
    extensions: { code: 'OPERATION_NOT_SUPPORTED', http: { status: 400 } },
  });
}

function charge(visit: Visit | undefined, cost: Cost): void {
  try {
    visit?.charge(cost);
  } catch (thrown) {
    throw thrown instanceof Refusal ? toRefusedError(thrown) : thrown;
  }
}

function toRefusedError({ message, told: { code, details, status, headers = {} } }: Refusal): GraphQLError {
  const http = { status, headers: new HeaderMap(Object.entries(headers)) };
  return new GraphQLError(message, { extensions: { code, ...details, http } });
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
