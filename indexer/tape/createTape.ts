import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import { toCanonical } from './canonical.js';
import { createTapeBlocks } from './createTapeBlocks.js';
import { createTapeLogs } from './createTapeLogs.js';
import { createTapeReceipts } from './createTapeReceipts.js';
import { createTapeStates, isStateCall } from './createTapeStates.js';
import type { TapeHeader } from './TapeLine.js';

/** A recording by content rather than by call: what it holds, it answers however it is asked. */
export interface Tape {
  readonly header: TapeHeader;
  /** The head of a replay. */
  readonly height: number;
  /** The answer, or in words what the tape lacks for one. */
  answer(call: RpcCall): RpcAnswer | { readonly kind: 'missing'; readonly what: string };
}

export function createTape(header: TapeHeader): {
  add(call: RpcCall, answer: RpcAnswer): void;
  end(height: number): Tape;
} {
  const blocks = createTapeBlocks();
  const logs = createTapeLogs(blocks);
  const receipts = createTapeReceipts(blocks);
  const states = createTapeStates(blocks);
  const others = new Map<string, RpcAnswer>();

  function add(call: RpcCall, answer: RpcAnswer): void {
    const key = toCanonical([call.method, call.params]);
    if (isStateCall(call)) states.add(call, answer);
    else if (answer.kind === 'error') {
      if (!others.has(key)) others.set(key, answer);
    } else if (isBlockCall(call)) blocks.add(call, answer.value);
    else if (call.method === 'eth_getLogs') logs.add(call, answer.value);
    else if (call.method === 'eth_getBlockReceipts') receipts.add(call, answer.value);
    else others.set(key, answer);
  }

  function find(call: RpcCall): RpcAnswer | undefined {
    const other = others.get(toCanonical([call.method, call.params]));
    if (call.method === 'eth_chainId') return { kind: 'result', value: `0x${header.chainId.toString(16)}` };
    if (isStateCall(call)) return states.find(call);
    if (isBlockCall(call)) return blocks.find(call) ?? other;
    if (call.method === 'eth_getLogs') return logs.find(call);
    if (call.method === 'eth_getBlockReceipts') return receipts.find(call) ?? other;
    return other;
  }

  function explain(call: RpcCall): string {
    if (call.method === 'eth_getLogs') return logs.explain(call);
    if (isBlockCall(call)) return `block ${String(call.params[0])}`;
    return `answer to ${call.method} ${JSON.stringify(call.params).slice(0, 200)}`;
  }

  return {
    add,
    end(height) {
      blocks.end(height);
      logs.end();
      return {
        header,
        height,
        answer: (call) =>
          call.method === 'eth_blockNumber'
            ? { kind: 'result', value: `0x${height.toString(16)}` }
            : (find(call) ?? { kind: 'missing', what: explain(call) }),
      };
    },
  };
}

function isBlockCall({ method }: RpcCall): boolean {
  return method === 'eth_getBlockByNumber' || method === 'eth_getBlockByHash';
}
