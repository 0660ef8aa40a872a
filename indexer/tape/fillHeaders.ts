import type { EndpointPool } from '../source/endpoints/EndpointPool.js';
import type { RpcCall } from '../source/rpc/Transport.js';

const HEADERS_PER_REQUEST = 100;

/** Asks for the headers of these heights, so that they are on the tape: a replay may end its ranges at any of them. */
export async function fillHeaders(pool: EndpointPool, heights: readonly number[], signal: AbortSignal): Promise<void> {
  for (let at = 0; at < heights.length && !signal.aborted; at += HEADERS_PER_REQUEST) {
    const calls = heights.slice(at, at + HEADERS_PER_REQUEST).map(toCall);
    await pool.request(calls, { purpose: 'sync', signal });
  }
}

function toCall(height: number): RpcCall {
  return { method: 'eth_getBlockByNumber', params: [`0x${height.toString(16)}`, false] };
}
