import { GraphQLError } from 'graphql';

/** What is wrong with a question about a market, of which nothing is answered. */
export function createMarketError(code: 'NETWORK_UNKNOWN' | 'TOO_MANY_POINTS', message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
