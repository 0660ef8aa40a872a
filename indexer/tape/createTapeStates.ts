import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import { toCanonical } from './canonical.js';
import type { TapeBlocks } from './createTapeBlocks.js';

/** Answers about the state at a block: calls, code, storage. The last parameter is the block. */
export interface TapeStates {
  add(call: RpcCall, answer: RpcAnswer): void;
  find(call: RpcCall): RpcAnswer | undefined;
}

const stateMethods: ReadonlySet<string> = new Set(['eth_call', 'eth_getCode', 'eth_getStorageAt', 'eth_getBalance']);

export function isStateCall({ method }: RpcCall): boolean {
  return stateMethods.has(method);
}

export function createTapeStates(blocks: TapeBlocks): TapeStates {
  /** By what was asked, then by the block as it was named; `newest` is what came last, whatever the block. */
  const answers = new Map<string, Map<string, RpcAnswer>>();
  const newest = new Map<string, RpcAnswer>();

  return {
    add(call, answer) {
      const { subject, block } = toSubject(call);
      const ofSubject = answers.get(subject) ?? new Map<string, RpcAnswer>();
      answers.set(subject, ofSubject);
      const key = toCanonical(block);
      // A node that once had the state has it for good here.
      if (answer.kind === 'result' || ofSubject.get(key)?.kind !== 'result') ofSubject.set(key, answer);
      if (answer.kind === 'result' || !newest.has(subject)) newest.set(subject, answer);
    },
    find(call) {
      const { subject, block } = toSubject(call);
      const ofSubject = answers.get(subject);
      const resolved = blocks.resolve(block);
      // The head of a tape is later than most heads of its recording: what was said last still holds there.
      if (resolved?.isHead) return newest.get(subject);
      if (!ofSubject) return undefined;
      const named = ofSubject.get(toCanonical(block));
      if (named) return named;
      if (!resolved) return undefined;
      const height = blocks.findHeight(resolved.hash);
      const others: readonly unknown[] = [{ blockHash: resolved.hash }, height === undefined ? '' : toQuantity(height)];
      return others.map((other) => ofSubject.get(toCanonical(other))).find((answer) => answer !== undefined);
    },
  };
}

function toSubject({ method, params }: RpcCall): { readonly subject: string; readonly block: unknown } {
  const subject = params.slice(0, -1).map(toComparable);
  return { subject: toCanonical([method, ...subject]), block: toBlock(params.at(-1)) };
}

/** Without `requireCanonical`, which changes nothing on a tape. */
function toBlock(parameter: unknown): unknown {
  if (typeof parameter !== 'object' || parameter === null || !('blockHash' in parameter)) return parameter;
  return { blockHash: parameter.blockHash };
}

/** Nodes take the input of a call under either name. */
function toComparable(parameter: unknown): unknown {
  if (typeof parameter !== 'object' || parameter === null || !('input' in parameter)) return parameter;
  const { input, ...rest } = parameter as Record<string, unknown>;
  return { ...rest, data: input };
}

function toQuantity(height: number): string {
  return `0x${height.toString(16)}`;
}
