import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { RetryableError } from '../lib/errors.js';
import type { Post } from './SenderOptions.js';
import type { PostAnswer } from './sendPolicy.js';

export interface HttpPost {
  readonly post: Post;
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

  function post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostAnswer> {
    return new Promise((resolve, reject) => {
      const length = String(Buffer.byteLength(body));
      const sent = request(base, {
        ...{ agent, method: 'POST', path: prefix + path },
        headers: { ...headers, 'content-length': length },
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

  return { post, close: () => agent.destroy() };
}

/** A refusal for each of 1,000 beats, or the offsets of 65,536 nodes, fits. */
const MAX_ANSWER_BYTES = 1024 * 1024;
