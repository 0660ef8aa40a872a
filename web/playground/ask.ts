import { createGraphiQLFetcher } from '@graphiql/toolkit';
import type { Ask } from './fillVariables.js';

export const graphqlUrl = new URL('/graphql', location.href).href;

/** What the editor sends: queries by HTTP, subscriptions by WebSocket. */
export const fetcher = createGraphiQLFetcher({
  url: graphqlUrl,
  subscriptionUrl: graphqlUrl.replace(/^http/, 'ws'),
  enableIncrementalDelivery: false,
});

/** Undefined where nothing is answered: an example is shown all the same, and its own answer says what is wrong. */
export const ask: Ask = async (query) => {
  try {
    const response = await fetch(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return ((await response.json()) as { readonly data?: unknown }).data;
  } catch {
    return undefined;
  }
};
