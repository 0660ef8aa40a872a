import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Context } from '../createContext.js';
import { countReturned } from '../limits/countReturned.js';
import { toPrice } from '../limits/measureCost.js';

/**
 * Gives the client back what its answer did not hold, and says so in `extensions.cost`. What it has left changes with every request,
 * so that a place is left for it in `throttleStatus`, and filled as the answer goes out.
 */
export function costPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue: { visit }, document, operation, request }) {
          if (!visit?.isCounted || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (visit.cost && document && operation && !isTimeout(singleResult.errors)) {
            visit.settle(toPrice(countReturned({ document, operation }, singleResult.data), visit.cost.points));
          }
          const cost = { requested: visit.cost?.requested ?? visit.paid, actual: visit.paid };
          // What a cache may keep for anybody says nothing of one client.
          const status = request.http?.method === 'GET' ? undefined : { throttleStatus: null };
          singleResult.extensions = { ...singleResult.extensions, cost, ...status };
        },
      };
    },
  };
}

/** It took all of the time that it may, whatever came of it. */
function isTimeout(errors: readonly GraphQLFormattedError[] | undefined): boolean {
  return errors?.some(({ extensions }) => extensions?.code === 'QUERY_TIMEOUT') ?? false;
}
