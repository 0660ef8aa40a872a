import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import type { Query, QueryResult } from './query.js';

/** Asks the API over HTTP. Rejects with a RetryableError when it cannot be reached, is late or answers no GraphQL. */
export function createHttpQuery(
  apiUrl: string,
  { timeoutMs = 5_000, apiKey }: { readonly timeoutMs?: number; readonly apiKey?: string | undefined } = {},
): Query {
  const key: Readonly<Record<string, string>> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  return async (document, variables, { exports = false } = {}) => {
    const extensions = exports ? { extensions: { exports } } : {};
    const body = JSON.stringify({ query: document, variables, ...extensions });
    const response = await post(apiUrl, { timeoutMs, key, body });
    const result = toResult(response.text);
    if (result) return result;
    throw new RetryableError(
      `Expected a GraphQL answer from ${apiUrl}, got HTTP ${response.status} without one; check that API_URL names the API.`,
    );
  };
}

async function post(
  apiUrl: string,
  asked: { readonly timeoutMs: number; readonly key: Readonly<Record<string, string>>; readonly body: string },
): Promise<{ status: number; text: string }> {
  const { timeoutMs, key, body } = asked;
  try {
    const response = await fetch(apiUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...key },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (thrown) {
    const late = toName(thrown) === 'TimeoutError';
    const what = late ? `gave no answer within ${timeoutMs} ms` : `cannot be reached (${toCause(thrown)})`;
    throw new RetryableError(`The API at ${apiUrl} ${what}; check that it runs and that API_URL is right.`);
  }
}

/** A timeout is a DOMException, which need not be an Error of this realm. */
function toName(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown ? thrown.name : undefined;
}

/** fetch hides the reason, such as ECONNREFUSED, one level down. */
function toCause(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return toMessage(cause ?? thrown);
}

function toResult(text: string): QueryResult | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    return 'data' in value || ('errors' in value && Array.isArray(value.errors)) ? (value as QueryResult) : undefined;
  } catch {
    return undefined;
  }
}
