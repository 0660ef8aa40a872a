import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import { toCanonical } from './canonical.js';
import type { TapeBlocks } from './createTapeBlocks.js';
import {
  encodeMulticallAnswer,
  type InnerAnswer,
  type InnerCall,
  parseMulticall,
  parseMulticallAnswer,
} from './multicall.js';

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

  function addOne(call: RpcCall, answer: RpcAnswer): void {
    const { subject, block } = toSubject(call);
    const ofSubject = answers.get(subject) ?? new Map<string, RpcAnswer>();
    answers.set(subject, ofSubject);
    const key = toCanonical(block);
    // A node that once had the state has it for good here.
    if (answer.kind === 'result' || ofSubject.get(key)?.kind !== 'result') ofSubject.set(key, answer);
    if (answer.kind === 'result' || !newest.has(subject)) newest.set(subject, answer);
  }

  function findOne(call: RpcCall): RpcAnswer | undefined {
    const { subject, block } = toSubject(call);
    const resolved = blocks.resolve(block);
    // The head of a tape is later than most heads of its recording: what was said last still holds there.
    if (resolved?.isHead) return newest.get(subject);
    const ofSubject = answers.get(subject);
    if (!ofSubject) return undefined;
    const named = ofSubject.get(toCanonical(block));
    if (named || !resolved) return named;
    const height = blocks.findHeight(resolved.hash);
    const others: readonly unknown[] = [{ blockHash: resolved.hash }, height === undefined ? '' : toQuantity(height)];
    const own = others.map((other) => ofSubject.get(toCanonical(other))).find((answer) => answer !== undefined);
    return own ?? findConstant(ofSubject);
  }

  return {
    add(call, answer) {
      const inner = parseMulticall(call);
      const innerAnswers = inner && parseMulticallAnswer(answer);
      addOne(call, answer);
      if (!innerAnswers || innerAnswers.length !== inner.length) return;
      for (const [index, one] of inner.entries()) {
        const own = innerAnswers[index];
        // One that failed among others may only have run out of their common gas: alone it is asked again.
        if (own) addOne(toCall(one, call.params.at(-1)), toAnswer(own));
      }
    },
    find(call) {
      const inner = parseMulticall(call);
      if (!inner) return findOne(call);
      const found = inner.map((one) => findOne(toCall(one, call.params.at(-1))));
      const known = found.filter((answer) => answer !== undefined);
      if (known.length < inner.length) return findOne(call);
      return { kind: 'result', value: encodeMulticallAnswer(known.map(toInnerAnswer)) };
    },
  };
}

/**
 * What never changes is read once for all logs of a batch that name it, at the block of the first of them, and which one
 * that is depends on how ranges are cut: an answer that was the same at every block is taken for that of any other.
 */
function findConstant(answers: ReadonlyMap<string, RpcAnswer>): RpcAnswer | undefined {
  const results = [...answers.values()].filter(({ kind }) => kind === 'result');
  const [first] = results;
  return first && results.every((one) => toCanonical(one) === toCanonical(first)) ? first : undefined;
}

function toCall({ to, data }: InnerCall, block: unknown): RpcCall {
  return { method: 'eth_call', params: [{ to, data }, block] };
}

/** geth's number for a reverted call. */
const REVERTED = 3;

function toAnswer({ success, data }: InnerAnswer): RpcAnswer {
  return success
    ? { kind: 'result', value: data }
    : { kind: 'error', code: REVERTED, message: 'execution reverted', data };
}

function toInnerAnswer(answer: RpcAnswer): InnerAnswer {
  if (answer.kind === 'result') return { success: true, data: String(answer.value) };
  return { success: false, data: typeof answer.data === 'string' ? answer.data : '0x' };
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
