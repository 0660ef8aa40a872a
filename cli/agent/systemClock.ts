import { setTimeout as sleep } from 'node:timers/promises';
import type { SenderRuntime } from '../../schema/heartbeat/SenderOptions.js';

/** The machine's own clock and chance. A step of the system clock moves no wait. */
export const systemClock: SenderRuntime = {
  now: () => performance.now(),
  wallTime: () => new Date(),
  random: Math.random,
  async sleep(ms, signal) {
    await sleep(ms, undefined, { signal }).catch((thrown: unknown) => {
      if (!signal?.aborted) throw thrown;
    });
  },
};
