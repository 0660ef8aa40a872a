import { setTimeout as wait } from 'node:timers/promises';
import type { SenderRuntime } from '../../schema/heartbeat/SenderOptions.js';

/** Time and chance of senders, so that tests can drive them. */
export type Clock = SenderRuntime;

/** The machine's own. A step of the system's clock does not move `now`; a sleep whose signal aborts ends at once. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => new Date(),
  random: Math.random,
  async sleep(ms, signal) {
    await wait(ms, undefined, { signal }).catch((thrown: unknown) => {
      if (!signal?.aborted) throw thrown;
    });
  },
};
