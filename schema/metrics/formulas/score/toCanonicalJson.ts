import { assert } from '../../../lib/assert.js';

/**
 * JSON with one way to write it (RFC 8785, JSON Canonicalization Scheme): no spaces, keys in the order of their UTF-16 units, numbers as
 * ECMAScript writes them. Of null, booleans, finite numbers, text, arrays and plain objects; keys without a value are left out.
 */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${sorted.map(([key, entry]) => `${JSON.stringify(key)}:${toCanonicalJson(entry)}`).join(',')}}`;
  }
  assert(
    value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value),
    `a value that JSON can hold, got ${String(value)}`,
  );
  assert(
    typeof value !== 'string' || !/\p{Surrogate}/u.test(value),
    `text without lone surrogates, got ${JSON.stringify(value)}`,
  );
  return JSON.stringify(value);
}
