import type { Visit } from '../limits/createGate.js';

/**
 * Fills in what the client has left, in the place that was kept for it at the end of the answer. An answer that was kept cost no more
 * than a request that is not understood.
 */
export function withStatus(body: string, visit: Visit, { isKept }: { readonly isKept: boolean }): string {
  const place = body.lastIndexOf(PLACE);
  if (place < 0) return body;
  const text = body.slice(0, place);
  const rest = body.slice(place + PLACE.length);
  const before = isKept ? text.replace(/"actual":\d+\}$/, `"actual":${visit.paid}}`) : text;
  return `${before},"throttleStatus":${JSON.stringify(visit.getStatus())}${rest}`;
}

/** As `costPlugin` writes it, behind the cost. */
const PLACE = ',"throttleStatus":null';
