import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../createContext.js';
import type { Snapshot } from '../database/openSnapshot.js';
import type { Freshness } from './createFreshness.js';

/**
 * Adds `extensions.freshness`, that of the snapshot which answered, to every answer over HTTP, and lets the snapshot go. A
 * stale chain is no error: it is answered, and says so.
 */
export function snapshotPlugin(
  readFreshness: (snapshot: Snapshot) => Promise<Freshness | null>,
): ApolloServerPlugin<Context> {
  return {
    async unexpectedErrorProcessingRequest({ requestContext }) {
      requestContext.contextValue.present.database.release();
    },
    async requestDidStart({ request }) {
      return {
        async willSendResponse({ response, contextValue }) {
          const { database } = contextValue.present;
          try {
            if (!request.http || response.body.kind !== 'single') return;
            const freshness = await readFreshness(database);
            if (!freshness) return;
            const { singleResult } = response.body;
            singleResult.extensions = { ...singleResult.extensions, freshness };
          } finally {
            database.release();
          }
        },
      };
    },
  };
}
