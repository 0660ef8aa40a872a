import { UserError } from '../../../schema/lib/errors.js';
import { parseUrl } from '../../../schema/lib/parseUrl.js';
import { createHttpTransport } from './createHttpTransport.js';
import { createWebSocketTransport } from './createWebSocketTransport.js';
import type { Transport } from './Transport.js';

/** By the scheme of the URL. Throws UserError. */
export function createTransport(url: string): Transport {
  const protocol = parseUrl(url)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return createHttpTransport(url);
  if (protocol === 'ws:' || protocol === 'wss:') return createWebSocketTransport(url);
  throw new UserError(
    `Expected an endpoint that begins with http, https, ws or wss, got ${protocol ?? 'no URL'}. Correct RPC_URLS.`,
  );
}
