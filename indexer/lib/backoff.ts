import { setTimeout as sleep } from 'node:timers/promises';

export interface Backoff {
  /** Waits longer after each failure in a row; returns at once when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>;
  /** The next failure is a first one again. */
  reset(): void;
}

/** Doubles up to `maxMs`, with up to half of it taken off by chance so that many clients do not come back at once. */
export function createBackoff(options: {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly random?: () => number;
}): Backoff {
  const { firstMs, maxMs, random = Math.random } = options;
  let failures = 0;
  return {
    async wait(signal) {
      const delayMs = Math.min(maxMs, firstMs * 2 ** failures) * (1 - random() / 2);
      failures += 1;
      await pause(delayMs, signal);
    },
    reset() {
      failures = 0;
    },
  };
}

/** Sleeps; an abort ends it early, without an error. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, { signal }).catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown;
  });
}
