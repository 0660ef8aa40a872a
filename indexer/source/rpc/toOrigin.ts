import { parseUrl } from '../../../schema/lib/parseUrl.js';

/**
 * Scheme, host and port of an endpoint: what may be shown of its URL. Path, query and user often hold a key, so a text
 * that is no URL is not shown at all.
 */
export function toOrigin(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed) return 'endpoint';
  const { protocol, host } = parsed;
  return host ? `${protocol}//${host}` : protocol.slice(0, -1);
}
