import type { RpcAnswer, RpcCall, Transport } from '../source/rpc/Transport.js';
import type { TapeWriter } from './createTapeWriter.js';

/** The inner transport, and everything it answers on tape. Announced heads are not recorded: their blocks are. */
export function createRecordingTransport(inner: Transport, tape: TapeWriter): Transport {
  return {
    subscribeHeads: inner.subscribeHeads?.bind(inner),
    close: () => inner.close(),
    async send(calls, options) {
      const reply = await inner.send(calls, options);
      for (const [index, answer] of reply.answers.entries()) {
        const call = calls[index];
        if (call && isWorthKeeping(call, answer)) await tape.append(call, answer);
      }
      return reply;
    },
  };
}

/** That a range was too large or asked too soon says nothing of the chain; that a call fails or is not known does. */
function isWorthKeeping(call: RpcCall, answer: RpcAnswer): boolean {
  return answer.kind === 'result' || call.method !== 'eth_getLogs';
}
