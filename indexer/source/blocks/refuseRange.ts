import type { RangeAnswer, RangeRequest } from '../ChainSource.js';
import type { PoolReply } from '../endpoints/EndpointPool.js';
import { classifyNodeError } from '../rpc/classifyNodeError.js';
import type { RpcCall } from '../rpc/Transport.js';
import { TransportError } from '../rpc/TransportError.js';
import { EndpointFailure } from './askEndpoints.js';

export type TooLarge = Extract<RangeAnswer, { readonly kind: 'tooLarge' }>;

/** Whether one of the answers to `eth_getLogs` says that less must be asked for; a list that is not there says so, too. */
export function findRefusal(
  { answers }: PoolReply,
  calls: readonly RpcCall[],
  { from, to }: RangeRequest,
): TooLarge | undefined {
  for (const [at, call] of calls.entries()) {
    const answer = answers[at];
    if (call.method !== 'eth_getLogs' || !answer) continue;
    if (answer.kind === 'result') {
      if (answer.value === null && to > from) return { kind: 'tooLarge', reason: 'The node answered null.' };
      continue;
    }
    const found = classifyNodeError(answer, call);
    if (found.kind === 'suggestedRange')
      return { kind: 'tooLarge', suggestedTo: from + found.maxBlocks - 1, reason: answer.message };
    if (found.kind === 'tooLarge') return { kind: 'tooLarge', reason: answer.message };
  }
  return undefined;
}

/**
 * Failures that a smaller range may escape: a body over the cap, a deadline that passed, a node's error in words that
 * nobody has heard before. A range of one block cannot shrink.
 */
export function toRefusal(thrown: unknown, { from, to }: RangeRequest): TooLarge | undefined {
  if (to === from || !(thrown instanceof Error)) return undefined;
  const options = thrown instanceof EndpointFailure ? thrown.options : {};
  const fault = thrown instanceof TransportError ? thrown.fault : options.transport;
  const unheard = options.nodeError?.kind === 'other';
  return fault === 'tooLarge' || fault === 'timeout' || unheard
    ? { kind: 'tooLarge', reason: thrown.message }
    : undefined;
}
