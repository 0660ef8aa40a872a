import type { IncomingMessage } from 'node:http';
import type { Source } from './Gateway.js';
import { toAddressGroup } from './toAddressGroup.js';

/**
 * Where a request came from. A proxy that is trusted appends what it sees, so the last entries are its own; those before
 * them anybody could have written. Without one, a connection is one sender's.
 */
export function toSource(request: IncomingMessage, trustProxy: boolean): Source {
  const { socket, headers } = request;
  const forwarded = trustProxy ? lastOf(headers['x-forwarded-for']) : undefined;
  if (forwarded !== undefined) {
    return { group: toAddressGroup(forwarded), private: lastOf(headers['x-forwarded-proto']) === 'https' };
  }
  // A proxy that is not trusted may stand between this machine and the network.
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) {
    return { ...toDirect(socket), private: false };
  }
  const known = sources.get(socket);
  if (known) return known;
  const source = toDirect(socket);
  sources.set(socket, source);
  return source;
}

function toDirect(socket: IncomingMessage['socket']): Source {
  const address = socket.remoteAddress ?? '';
  return {
    group: toAddressGroup(address),
    private: /^(::ffff:)?127\.|^::1$/.test(address),
    connection: socket,
  };
}

const sources = new WeakMap<object, Source>();

function lastOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.at(-1) : header;
  return text?.split(',').at(-1)?.trim();
}
