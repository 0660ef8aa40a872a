import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { RetryableError, UserError } from '../../schema/lib/errors.js';
import { QueryTimeout } from '../database/QueryTimeout.js';

export const OUTAGE = 'The database cannot be reached; try again in a moment.';

/** What a client learns: its own mistakes in full, outages as such, and of our bugs only that there was one. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(thrown);
  if (cause instanceof UserError) return withCode(formatted, cause.message, 'BAD_USER_INPUT');
  if (cause instanceof QueryTimeout) return withCode(formatted, cause.message, 'QUERY_TIMEOUT');
  if (cause instanceof RetryableError) {
    return withCode(formatted, OUTAGE, 'SERVICE_UNAVAILABLE');
  }
  if (isInternal(formatted)) return withCode(formatted, 'Internal server error', 'INTERNAL_SERVER_ERROR');
  return formatted;
}

/** Errors without a code of their own: a resolver threw, or what it returned does not fit the schema. */
export function isInternal(error: { readonly extensions?: Readonly<Record<string, unknown>> }): boolean {
  const code = error.extensions?.code;
  return code === undefined || code === 'INTERNAL_SERVER_ERROR';
}

function withCode(error: GraphQLFormattedError, message: string, code: string): GraphQLFormattedError {
  return { ...error, message, extensions: { code } };
}
