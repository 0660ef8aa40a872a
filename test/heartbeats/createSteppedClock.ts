import { setTimeout as wait } from 'node:timers/promises';
import type { SenderRuntime } from '../../schema/heartbeat/SenderOptions.js';

export interface SteppedClock extends SenderRuntime {
  /** Wraps what must be over before time goes on, such as a request. */
  holding<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once so many sleep: whoever has not begun to, time would pass by. */
  untilAsleep(count: number): Promise<void>;
  /** Lets time pass up to this moment (unix ms), from one sleeper that wakes to the next, never while something is held. */
  runUntil(ms: number): Promise<void>;
}

/** How long nothing may happen until everybody is taken to be asleep; real ms. */
const quietMs = 8;

/** Time that stands still while senders work, so that a slow machine makes nobody late. */
export function createSteppedClock(startMs: number): SteppedClock {
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  let nowMs = startMs;
  let held = 0;
  let changes = 0;

  async function settle(): Promise<void> {
    for (let seen = -1; held > 0 || seen !== changes; ) {
      seen = changes;
      await wait(quietMs);
    }
  }

  return {
    now: () => nowMs - startMs,
    wallTime: () => new Date(nowMs),
    random: () => 0.5,
    async sleep(ms, signal) {
      if (signal?.aborted) return;
      changes += 1;
      await new Promise<void>((resolve) => {
        const sleeper = { atMs: nowMs + ms, wake };
        function wake(): void {
          changes += 1;
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        }
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
    async holding(work) {
      held += 1;
      changes += 1;
      try {
        return await work();
      } finally {
        held -= 1;
        changes += 1;
      }
    },
    async untilAsleep(count) {
      while (sleepers.size < count) await wait(quietMs);
    },
    async runUntil(ms) {
      for (;;) {
        await settle();
        const next = Math.min(...[...sleepers].map(({ atMs }) => atMs));
        if (next > ms) break;
        nowMs = Math.max(nowMs, next);
        for (const { atMs, wake } of [...sleepers]) if (atMs <= nowMs) wake();
      }
      nowMs = ms;
    },
  };
}
