import type { IncomingMessage } from 'node:http';

/**
 * Where a request came from. A proxy that is trusted appends what it sees, so the last entry is its own; those before it
 * anybody could have written.
 */
export function toAddress({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers['x-forwarded-for'] : undefined;
  const text = Array.isArray(forwarded) ? forwarded.at(-1) : forwarded;
  return text?.split(',').at(-1)?.trim() || socket.remoteAddress || '';
}
