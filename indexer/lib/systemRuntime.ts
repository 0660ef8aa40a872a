import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Runtime } from './runtime.js';

/** The machine's own clock and chance. A step of the system clock does not move `now`. */
export const systemRuntime: Runtime = {
  now: () => performance.now(),
  wallTime: () => new Date(),
  random: Math.random,
  turn: () => setImmediate(),
  async sleep(ms, signal) {
    await sleep(ms, undefined, { signal }).catch((thrown: unknown) => {
      if (!signal?.aborted) throw thrown;
    });
  },
};
