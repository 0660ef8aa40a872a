import { createGraphiQLFetcher } from '@graphiql/toolkit';
import type { Ask } from './fillVariables.js';

export const graphqlUrl = new URL('/graphql', location.href).href;

/** What the editor sends: queries by HTTP, subscriptions by WebSocket. */
export const fetcher = createGraphiQLFetcher({
  url: graphqlUrl,
  subscriptionUrl: graphqlUrl.replace(/^http/, 'ws'),
  enableIncrementalDelivery: false,
});

export const ask: Ask = async (query) => {
  const response = await fetch(graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { readonly data?: unknown }).data;
};
