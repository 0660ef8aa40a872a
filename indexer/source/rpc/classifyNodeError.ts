import { nodeErrors } from './nodeErrors.js';
import type { RpcAnswer, RpcCall } from './Transport.js';

/**
 * What to do about a node's own error.
 * suggestedRange: ask for at most `maxBlocks` blocks, which are fewer than were asked for; `structural` when that is
 *   the endpoint's limit everywhere, else it holds for these blocks only.
 * tooLarge: ask for less at once, without a hint how much; waiting does not help.
 * tooManyAddresses: no range is small enough; name fewer contracts.
 * rateLimited: ask later, or elsewhere.
 * refused: the key or plan is not accepted; ask elsewhere.
 * missingBlock: the node lags or never saw that block.
 * missingState: the node has pruned what is asked for.
 * unsupported: it will never answer that method, that block named by its hash, or a batch of that size.
 * revert: the contract call failed, as it would anywhere.
 */
export type NodeErrorClass =
  | { readonly kind: 'suggestedRange'; readonly maxBlocks: number; readonly structural: boolean }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'tooManyAddresses' }
  | { readonly kind: 'rateLimited' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'missingBlock' }
  | { readonly kind: 'missingState' }
  | { readonly kind: 'unsupported'; readonly what: 'method' | 'blockHash' }
  | { readonly kind: 'unsupported'; readonly what: 'batch'; readonly maxBatch?: number | undefined }
  | { readonly kind: 'revert' }
  | { readonly kind: 'other' };

export type NodeError = Extract<RpcAnswer, { readonly kind: 'error' }>;

/** By the table of known texts, then by code. */
export function classifyNodeError(error: NodeError, call: RpcCall): NodeErrorClass {
  const text = toText(error);
  for (const entry of nodeErrors) {
    if (entry.code !== undefined && entry.code !== error.code) continue;
    if (entry.method !== undefined && !entry.method.includes(call.method)) continue;
    const match = entry.pattern.exec(text);
    const found = match && entry.toClass(match);
    if (found) return isHelp(found, call) ? found : { kind: 'tooLarge' };
  }
  if (error.code === 429) return { kind: 'rateLimited' };
  if (error.code === -32601 || error.code === -32004) return { kind: 'unsupported', what: 'method' };
  if (error.code === -32602 && namesBlockByHash(call)) return { kind: 'unsupported', what: 'blockHash' };
  if (error.code === 3) return { kind: 'revert' };
  return { kind: 'other' };
}

/** Longer ones are a stack trace or a page; the reason stands at the beginning. */
const MAX_TEXT = 2_000;

/** Some providers put the reason into `data`, as a text or as an object with a message of its own. */
function toText({ message, data }: NodeError): string {
  const detail = typeof data === 'string' ? data : data === undefined || data === null ? '' : JSON.stringify(data);
  return `${message.slice(0, MAX_TEXT)} ${detail.slice(0, MAX_TEXT)}`;
}

/** A range that is not smaller than the one refused would be refused for ever. */
function isHelp(found: NodeErrorClass, call: RpcCall): boolean {
  if (found.kind !== 'suggestedRange') return true;
  const asked = countBlocks(call);
  return asked === undefined || found.maxBlocks < asked;
}

function countBlocks(call: RpcCall): number | undefined {
  const filter = call.params[0] as { readonly fromBlock?: unknown; readonly toBlock?: unknown } | null | undefined;
  const from = Number(filter?.fromBlock ?? Number.NaN);
  const to = Number(filter?.toBlock ?? Number.NaN);
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : to - from + 1;
}

function namesBlockByHash(call: RpcCall): boolean {
  return call.params.some((param) => typeof param === 'object' && param !== null && 'blockHash' in param);
}
