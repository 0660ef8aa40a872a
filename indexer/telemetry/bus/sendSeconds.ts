import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Runtime } from '../../lib/runtime.js';
import { createAliveSeconds } from '../beats/createAliveSeconds.js';
import { encodeSeconds } from './encodeMessage.js';
import type { Attendance } from './TelemetryBus.js';

export interface SecondsSender extends Attendance {
  /** Until the signal aborts; sends what is left, and returns. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * The seconds in which a gateway could take beats and the stream could keep them, sent the same way as beats: while writers
 * or Postgres are away a gateway goes on, and its seconds count as soon as they are written.
 */
export function createSecondsSender(options: {
  readonly observer: number;
  readonly isListening: () => boolean;
  /** Resolves once the message is durable. */
  readonly send: (message: Buffer) => Promise<unknown>;
  readonly log: Log;
  readonly runtime: Runtime;
}): SecondsSender {
  const { observer, isListening, send, log, runtime } = options;
  const seconds = createAliveSeconds(runtime);
  let isSending = false;

  async function sendKnown(): Promise<void> {
    const rows = seconds.list(observer);
    if (isSending || rows.length === 0) return;
    isSending = true;
    try {
      await send(encodeSeconds(rows));
      seconds.forget(rows);
    } catch (thrown) {
      // Tried again with the next ones, until they are too old to be known.
      log.warn({ reason: toMessage(thrown) }, 'Seconds of this observer may be lost');
    } finally {
      isSending = false;
    }
  }

  return {
    take: seconds.take,
    refuse: seconds.refuse,
    async run(signal) {
      for (let look = 1; !signal.aborted; look += 1) {
        if (isListening()) seconds.note();
        else seconds.skip();
        if (look % LOOKS_PER_MESSAGE === 0) void sendKnown();
        await runtime.sleep(LOOK_MS, signal);
      }
      await sendKnown();
    },
  };
}

const LOOK_MS = 500;
const LOOKS_PER_MESSAGE = 4;
