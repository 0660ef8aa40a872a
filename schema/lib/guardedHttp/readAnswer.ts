import type { Dispatcher } from 'undici';
import { GuardedHttpError } from './GuardedHttpError.js';

export interface ReadRule {
  readonly method: 'GET' | 'HEAD';
  readonly maxBytes: number;
  readonly isJson: boolean;
}

/**
 * The content of an answer, of which never more than `maxBytes` are held. What was not asked for is refused by its
 * headers, before any of it is read. Throws GuardedHttpError, or what the stream throws.
 */
export async function readAnswer(answer: Dispatcher.ResponseData, rule: ReadRule): Promise<Buffer> {
  const { statusCode: status, headers, body } = answer;
  if (status < 200 || status > 299)
    throw new GuardedHttpError('badStatus', `Expected HTTP 200, got ${status}.`, { status });
  if (rule.method === 'HEAD') return Buffer.alloc(0);
  if (rule.isJson && !isJsonType(headers['content-type'])) {
    throw new GuardedHttpError('badContentType', `Expected JSON, got ${toTypeText(headers['content-type'])}.`);
  }
  // A few hundred bytes can inflate to gigabytes. We ask for none of it, so a server that compresses is refused.
  if (String(headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw new GuardedHttpError('badAnswer', 'Expected no content encoding, got one.');
  }
  const announced = Number(headers['content-length'] ?? 0);
  if (announced > rule.maxBytes) throw tooLarge(rule.maxBytes, `${announced} announced`);
  return collect(body, rule.maxBytes);
}

async function collect(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes, 'more');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

type Header = string | string[] | undefined;

/** `application/json`, `text/json` and what is written in JSON (RFC 6839), whatever parameters follow. */
function isJsonType(header: Header): boolean {
  return typeof header === 'string' && /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(header);
}

/** The server chose the text: only what looks like a type is repeated. */
function toTypeText(header: Header): string {
  if (header === undefined) return 'no content type';
  return /^[\w.+-]{1,40}\/[\w.+-]{1,60}(?=\s*(;|$))/.exec(String(header))?.[0] ?? 'another content type';
}

function tooLarge(maxBytes: number, got: string): GuardedHttpError {
  return new GuardedHttpError('tooLarge', `Expected at most ${maxBytes} bytes, got ${got}.`);
}
