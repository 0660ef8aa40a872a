import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TransportError } from './TransportError.js';

export interface Body {
  readonly text: string;
  readonly bytes: number;
}

/**
 * Reads a body to its end and never holds more than `maxBytes` of it, counted after gzip is undone: a bomb is cut off
 * as it grows. Throws TransportError, or whatever the stream throws.
 */
export async function readBody(
  stream: Readable,
  options: { readonly maxBytes: number; readonly length: number | undefined; readonly encoding: string | undefined },
): Promise<Body> {
  const { maxBytes, length, encoding } = options;
  if (length !== undefined && length > maxBytes) throw giveUp(stream, tooLarge(maxBytes, `${length} announced`));
  const plain = encoding === undefined || encoding === 'identity';
  if (!plain && encoding !== 'gzip') {
    throw giveUp(stream, new TransportError('malformed', 'Expected no or gzip encoding, got another.'));
  }
  const bytes = await collect(plain ? stream : inflate(stream), maxBytes).catch((thrown: unknown) => {
    throw giveUp(stream, thrown);
  });
  // Nothing is gained by latin1: decoding valid UTF-8 that is all ASCII is as fast, and it is right for the rest too.
  if (!isUtf8(bytes)) throw new TransportError('malformed', 'Expected UTF-8, got other bytes.');
  return { text: bytes.toString('utf8'), bytes: bytes.byteLength };
}

async function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes, 'more');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

/** An error of the source reaches the reader; pipe alone would leave it waiting. */
function inflate(stream: Readable): Readable {
  const gunzip = createGunzip();
  stream.once('error', (error) => gunzip.destroy(error));
  stream.pipe(gunzip);
  return gunzip;
}

/** Closes the connection: the rest of the body is not worth reading. */
function giveUp(stream: Readable, reason: unknown): unknown {
  stream.on('error', () => undefined);
  stream.destroy();
  return reason;
}

function tooLarge(maxBytes: number, got: string): TransportError {
  return new TransportError('tooLarge', `Expected at most ${maxBytes} bytes, got ${got}.`);
}
