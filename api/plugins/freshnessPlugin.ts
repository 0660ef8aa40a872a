import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../createContext.js';
import type { Freshness } from './createFreshness.js';

/** Adds `extensions.freshness` to every answer over HTTP. A stale chain is no error: it is answered, and says so. */
export function freshnessPlugin(readFreshness: () => Promise<Freshness | null>): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      if (!request.http) return;
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const freshness = await readFreshness();
          if (!freshness) return;
          const { singleResult } = response.body;
          singleResult.extensions = { ...singleResult.extensions, freshness };
        },
      };
    },
  };
}
