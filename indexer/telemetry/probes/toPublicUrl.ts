import { parseUrl } from '../../../schema/lib/parseUrl.js';

/** A URL as it may be kept and shown: without user, query and fragment, which may hold keys, and no longer than a line. */
export function toPublicUrl(text: string): { readonly url: string; readonly host: string } {
  // Of an unknown scheme a URL's host stays as it was spelt, and one host would be several.
  const isTcp = /^\s*tcp:/i.test(text);
  const parsed = parseUrl(isTcp ? text.replace(/tcp:/i, 'http:') : text);
  if (!parsed) return { url: text.slice(0, MAX_CHARACTERS), host: '' };
  if (isTcp) return { url: `tcp://${parsed.host}`.slice(0, MAX_CHARACTERS), host: parsed.hostname };
  const { origin, pathname, hostname, protocol } = parsed;
  // Only http and https have an origin; others are not asked.
  const url = protocol === 'http:' || protocol === 'https:' ? `${origin}${pathname}` : protocol;
  return { url: url.slice(0, MAX_CHARACTERS), host: hostname };
}

const MAX_CHARACTERS = 400;
