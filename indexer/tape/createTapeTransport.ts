import type { RpcAnswer, Transport } from '../source/rpc/Transport.js';
import type { Tape } from './createTape.js';

/** JSON-RPC's own number for what a node does not hold. */
const RESOURCE_NOT_FOUND = -32001;

/** An endpoint that is a tape. What the tape does not hold is a node's error and is told to `onMissing`. */
export function createTapeTransport(
  tape: Tape,
  options: { readonly onMissing?: (what: string) => void } = {},
): Transport {
  return {
    async send(calls) {
      const answers = calls.map((call): RpcAnswer => {
        const answer = tape.answer(call);
        if (answer.kind !== 'missing') return answer;
        options.onMissing?.(answer.what);
        return { kind: 'error', code: RESOURCE_NOT_FOUND, message: `tape has no ${answer.what}` };
      });
      return { answers, bytes: answers.reduce((sum, answer) => sum + sizeOf(answer), 0) };
    },
    close: async () => undefined,
  };
}

function sizeOf(answer: RpcAnswer): number {
  return JSON.stringify(answer.kind === 'result' ? (answer.value ?? null) : answer.message).length;
}
