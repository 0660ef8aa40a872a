import type { PoolRequest } from '../endpoints/EndpointPool.js';
import { askSame, expectResult } from './askEndpoints.js';
import { mapConcurrently } from './mapConcurrently.js';
import { callHeader } from './rpcCalls.js';
import type { SourceContext } from './SourceContext.js';

export interface FetchedHeaders<T> {
  /** In the order of the heights. */
  readonly headers: readonly T[];
  readonly bytes: number;
}

/**
 * Headers by height from one endpoint, all of which it must have. Each is read as soon as it is there, for as it is
 * answered it takes ten times the memory. Throws EndpointFailure.
 */
export async function fetchHeaders<T>(
  context: SourceContext,
  heights: readonly number[],
  options: PoolRequest & { readonly only: string; readonly read: (answer: unknown, height: number) => T },
): Promise<FetchedHeaders<T>> {
  const { read, ...ask } = options;
  const batches = toBatches(heights, HEADERS_PER_REQUEST);
  const replies = await mapConcurrently(batches, REQUESTS_AT_ONCE, async (batch) => {
    const calls = batch.map(callHeader);
    const reply = await askSame(context, calls, ask);
    return { headers: batch.map((height, at) => read(expectResult(reply, calls, at), height)), bytes: reply.bytes };
  });
  return {
    headers: replies.flatMap(({ headers }) => headers),
    bytes: replies.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

export const HEADERS_PER_REQUEST = 100;
/** One endpoint's share; several ranges are on their way at once. */
const REQUESTS_AT_ONCE = 4;

export function toBatches<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
