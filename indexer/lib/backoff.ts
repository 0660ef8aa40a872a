import type { Runtime } from './runtime.js';

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
  readonly runtime: Pick<Runtime, 'sleep' | 'random'>;
}): Backoff {
  const { firstMs, maxMs, runtime } = options;
  let failures = 0;
  return {
    async wait(signal) {
      const delayMs = Math.min(maxMs, firstMs * 2 ** failures) * (1 - runtime.random() / 2);
      failures += 1;
      await runtime.sleep(delayMs, signal);
    },
    reset() {
      failures = 0;
    },
  };
}
