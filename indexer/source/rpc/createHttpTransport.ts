import { type Dispatcher, Pool } from 'undici';
import { toMessage } from '../../../schema/lib/errors.js';
import { parseAnswers, parseJson, toMessageText } from './jsonRpc.js';
import { parseRetryAfter } from './parseRetryAfter.js';
import { type Body, readBody } from './readBody.js';
import type { RpcReply, Transport } from './Transport.js';
import { TransportError } from './TransportError.js';
import { toOrigin } from './toOrigin.js';

/** JSON-RPC over HTTP with connections that are kept. Follows no redirect: an endpoint is where it was said to be. */
export function createHttpTransport(url: string, options: { readonly connections?: number } = {}): Transport {
  const target = new URL(url);
  const origin = toOrigin(url);
  const pool = new Pool(target.origin, {
    connections: options.connections ?? 64,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The deadline of each request is the only clock.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const headers = toHeaders(target);
  const path = `${target.pathname}${target.search}`;
  let nextId = 1;
  return {
    async send(calls, { deadlineMs, maxBytes, signal }) {
      const firstId = nextId;
      nextId += calls.length;
      const body = toMessageText(calls, firstId);
      const watch = watchDeadline(deadlineMs, signal);
      try {
        const request = { method: 'POST', path, headers, body, signal: watch.signal } as const;
        const answered = await readAnswer(await pool.request(request), maxBytes);
        return { ...toReply(answered, { firstId, count: calls.length, origin }), bytes: answered.bytes };
      } catch (thrown) {
        throw watch.reason() ?? toTransportError(thrown, origin);
      } finally {
        watch.stop();
      }
    },
    close: () => pool.destroy(),
  };

  function watchDeadline(deadlineMs: number, signal: AbortSignal | undefined) {
    const controller = new AbortController();
    let reason: TransportError | undefined;
    const end = (error: TransportError) => {
      reason ??= error;
      controller.abort();
    };
    const giveUp = () => end(new TransportError('aborted', `Gave up the request to ${origin}.`));
    const timer = setTimeout(
      () => end(new TransportError('timeout', `Expected an answer of ${origin} within ${deadlineMs} ms, got none.`)),
      deadlineMs,
    );
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    return {
      signal: controller.signal,
      reason: () => reason,
      stop: () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
      },
    };
  }
}

const CONNECT_TIMEOUT_MS = 10_000;
/** Shorter than nginx's 75 s and Go's 120 s, so that the side which ends an idle connection is ours. */
const KEEP_ALIVE_MS = 30_000;
/** Of the body of a status other than 200: enough for any error in words. */
const MAX_ERROR_BYTES = 1_048_576;

/**
 * Hex in JSON shrinks about tenfold, so gzip pays on any real network; on the same machine or network it would only
 * spend both ends' processors.
 */
function toHeaders(url: URL): Record<string, string> {
  const { username, password, hostname } = url;
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': isNear(hostname) ? 'identity' : 'gzip',
    ...(username || password ? { authorization: `Basic ${Buffer.from(user).toString('base64')}` } : {}),
  };
}

/** This machine, a private IPv4 network (RFC 1918), or a name without a dot, as containers have. */
function isNear(hostname: string): boolean {
  return (
    hostname === '[::1]' ||
    !/[.:]/.test(hostname) ||
    /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname)
  );
}

interface Answered extends Body {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
}

async function readAnswer(response: Dispatcher.ResponseData, maxBytes: number): Promise<Answered> {
  const { statusCode: status, headers, body } = response;
  const length = Number(single(headers['content-length']) ?? Number.NaN);
  const read = await readBody(body, {
    maxBytes: status === 200 ? maxBytes : Math.min(maxBytes, MAX_ERROR_BYTES),
    length: Number.isNaN(length) ? undefined : length,
    encoding: single(headers['content-encoding'])?.toLowerCase(),
  }).catch((thrown: unknown) => {
    if (status === 200) throw thrown;
    // What a refusal says at length is of no use; that it is one is.
    return { text: '', bytes: 0 };
  });
  return { ...read, status, retryAfterMs: parseRetryAfter(single(headers['retry-after']), new Date()) };
}

/**
 * Many providers put the node's own error under a status such as 400, 403, 413 or 500 (QuickNode's range limit comes
 * with 413, Base's with 500, a method that proxyd does not list with 403): it is an answer still. A key that is not
 * accepted is none.
 */
function toReply(
  answered: Answered,
  asked: { readonly firstId: number; readonly count: number; readonly origin: string },
): Omit<RpcReply, 'bytes'> {
  const { status, text, retryAfterMs } = answered;
  const { firstId, count, origin } = asked;
  if (status === 200) return parseAnswers(parseJson(text, origin), firstId, count);
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
    throw new TransportError('rateLimited', `${origin} asks for fewer requests (HTTP ${status}).`, retryAfterMs);
  }
  const refusal = new TransportError('refused', `Expected HTTP 200 from ${origin}, got ${status}.`);
  if (status < 400 || UNAUTHORISED.has(status)) throw refusal;
  const reply = tryParse(text, firstId, count);
  if (!reply?.answers.every((answer) => answer.kind === 'error')) throw refusal;
  return reply;
}

const UNAUTHORISED: ReadonlySet<number> = new Set([401, 402, 407]);

function tryParse(text: string, firstId: number, count: number): Omit<RpcReply, 'bytes'> | undefined {
  try {
    return parseAnswers(JSON.parse(text), firstId, count);
  } catch {
    return undefined;
  }
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function toTransportError(thrown: unknown, origin: string): TransportError {
  if (thrown instanceof TransportError) {
    const { fault, message, retryAfterMs } = thrown;
    return message.includes(origin) ? thrown : new TransportError(fault, `${origin}: ${message}`, retryAfterMs);
  }
  const code = (thrown as { readonly code?: unknown } | null)?.code;
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return new TransportError('malformed', `${origin}: expected gzip, got other bytes.`);
  }
  // undici's own texts name sockets and addresses, never the path.
  const text = thrown instanceof Error && thrown.message === '' && typeof code === 'string' ? code : toMessage(thrown);
  return new TransportError('network', `${origin}: ${text}`);
}
