import { toOrigin } from '../rpc/toOrigin.js';

/** A name for each URL that may be shown: its origin, with a number from the second of the same origin on. */
export function nameEndpoints(urls: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return urls.map((url) => {
    const origin = toOrigin(url);
    const count = (counts.get(origin) ?? 0) + 1;
    counts.set(origin, count);
    return count === 1 ? origin : `${origin}#${count}`;
  });
}
