import { setTimeout as wait } from 'node:timers/promises';
import type { SenderRuntime } from './SenderOptions.js';

/** The machine's own clock and chance. A step of the system's clock does not move `now`; a sleep whose signal aborts ends at once. */
export const systemClock: SenderRuntime = {
  now: () => performance.now(),
  wallTime: () => new Date(),
  random: Math.random,
  async sleep(ms, signal) {
    await wait(ms, undefined, { signal }).catch((thrown: unknown) => {
      if (!signal?.aborted) throw thrown;
    });
  },
};
