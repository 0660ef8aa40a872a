import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import type { Query, QueryResult } from './query.js';

/** Asks the API over HTTP. Rejects with a RetryableError when it cannot be reached, is late or answers no GraphQL. */
export function createHttpQuery(
  apiUrl: string,
  { timeoutMs = 5_000, apiKey }: { readonly timeoutMs?: number; readonly apiKey?: string | undefined } = {},
): Query {
  const post = createPost(new URL(apiUrl), apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` });
  return async (document, variables, { exports = false } = {}) => {
    const extensions = exports ? { extensions: { exports } } : {};
    const body = JSON.stringify({ query: document, variables, ...extensions });
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await post(body, signal).catch((thrown: unknown) => {
      const what = signal.aborted ? `gave no answer within ${timeoutMs} ms` : `cannot be reached (${toCause(thrown)})`;
      throw new RetryableError(`The API at ${apiUrl} ${what}; check that it runs and that API_URL is right.`);
    });
    const result = toResult(response.text);
    if (result) return result;
    throw new RetryableError(
      `Expected a GraphQL answer from ${apiUrl}, got HTTP ${response.status} without one; check that API_URL names the API.`,
    );
  };
}

type Post = (body: string, signal: AbortSignal) => Promise<{ readonly status: number; readonly text: string }>;

/** Not by `fetch`, which costs twice the processor time: each page asks twice. */
function createPost(url: URL, key: Readonly<Record<string, string>>): Post {
  const { request, Agent } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...key };
  const post: Post = (body, signal) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': Buffer.byteLength(body) };
      const asked = request(url, { method: 'POST', agent, signal, headers: { ...headers, ...length } });
      asked.on('response', (response) => {
        text(response).then((answer) => resolve({ status: response.statusCode ?? 0, text: answer }), reject);
      });
      asked.on('error', (error: NodeJS.ErrnoException) => {
        // The API closed a connection that was at rest, just as it was taken up again.
        if (asked.reusedSocket && error.code === 'ECONNRESET') post(body, signal).then(resolve, reject);
        else reject(error);
      });
      asked.end(body);
    });
  return post;
}

/** Such as ECONNREFUSED. */
function toCause(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : toMessage(thrown);
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
