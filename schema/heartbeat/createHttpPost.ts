import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { RetryableError } from '../lib/errors.js';
import type { Hex } from '../lib/hex.js';
import type { Post } from './SenderOptions.js';
import type { PostAnswer } from './sendPolicy.js';
import { paths } from './session.js';

export interface HttpPost {
  readonly post: Post;
  /** The newest beacon of a network; undefined where the gateway gives none, for whatever reason. */
  findBeacon(network: string): Promise<Hex | undefined>;
  /** Ends connections that are kept open. */
  close(): void;
}

/**
 * Posts to a gateway that the operator chose, over connections that stay open. Follows no redirects and asks no proxy.
 * Rejects with RetryableError when nothing comes back in time, or more than 1 MiB.
 */
export function createHttpPost(
  base: URL,
  { timeoutMs = 10_000, connections = 8 }: { readonly timeoutMs?: number; readonly connections?: number } = {},
): HttpPost {
  const isSecure = base.protocol === 'https:';
  const request = isSecure ? requestHttps : requestHttp;
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: connections });
  const prefix = base.pathname.replace(/\/$/, '');

  async function findBeacon(network: string): Promise<Hex | undefined> {
    const path = `${paths.beacon}?network=${encodeURIComponent(network)}`;
    const { status, body } = await ask({ method: 'GET', path, headers: {} }).catch(() => ({ status: 0, body: '' }));
    const [, beacon] = (status === 200 && /"beacon":\s*"(0x[0-9a-f]{64})"/.exec(body)) || [];
    return beacon as Hex | undefined;
  }

  function ask(asked: Asked): Promise<PostAnswer> {
    return new Promise((resolve, reject) => {
      const { method, path, headers, body } = asked;
      const sent = request(base, {
        ...{ agent, method, path: prefix + path, headers },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const fail = (thrown: Error) => {
        const why = thrown.name === 'AbortError' ? `no answer within ${timeoutMs / 1_000} s` : thrown.message;
        reject(new RetryableError(`${base.origin}: ${why || thrown.name}`));
      };
      sent.on('error', fail);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('error', fail);
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_ANSWER_BYTES) sent.destroy(new Error(`an answer of more than ${MAX_ANSWER_BYTES} bytes`));
          else chunks.push(chunk);
        });
        response.on('end', () => {
          const { statusCode = 0, headers: received } = response;
          resolve({ status: statusCode, headers: received, body: Buffer.concat(chunks).toString('utf8') });
        });
      });
      sent.end(body);
    });
  }

  return {
    post: (path, headers, body) => {
      const length = String(Buffer.byteLength(body));
      return ask({ method: 'POST', path, headers: { ...headers, 'content-length': length }, body });
    },
    findBeacon,
    close: () => agent.destroy(),
  };
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A refusal for each of 1,000 beats, or the offsets of 65,536 nodes, fits. */
const MAX_ANSWER_BYTES = 1024 * 1024;
