import type { RpcAnswer, RpcCall } from '../rpc/Transport.js';

/** The height of the newest block where one of the calls asked for it. */
export function findHeadHeight(calls: readonly RpcCall[], answers: readonly RpcAnswer[]): number | undefined {
  for (const [index, { method, params }] of calls.entries()) {
    const answer = answers[index];
    if (answer?.kind !== 'result') continue;
    if (method === 'eth_blockNumber') return toHeight(answer.value);
    if (method === 'eth_getBlockByNumber' && params[0] === 'latest') return toHeadHeight(answer.value);
  }
  return undefined;
}

/** Of a header as `newHeads` or `eth_getBlockByNumber` gives it. */
export function toHeadHeight(header: unknown): number | undefined {
  return typeof header === 'object' && header !== null ? toHeight((header as { number?: unknown }).number) : undefined;
}

function toHeight(value: unknown): number | undefined {
  const height = typeof value === 'string' && /^0x[\da-f]+$/i.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(height) ? height : undefined;
}
