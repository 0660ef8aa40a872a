import { ExportError } from './request/ExportError.js';

export interface ExportQueue {
  /** Waits for a place; whoever gets it gives it back by calling what it is answered. Throws `ExportError` where there is none. */
  enter(client: string, signal: AbortSignal): Promise<() => void>;
}

export interface QueueOptions {
  readonly atOnce: number;
  /** How many may wait, and for how long. */
  readonly waiting: number;
  readonly waitMs: number;
  /** How many of one client may be there, of which one runs. */
  readonly perClient: number;
}

interface Waiting {
  readonly client: string;
  readonly admit: () => void;
}

/** Files are long, so they take turns: one of each client at a time, in the order in which they came. */
export function createExportQueue({ atOnce, waiting: mostWaiting, waitMs, perClient }: QueueOptions): ExportQueue {
  const running: string[] = [];
  const waiting: Waiting[] = [];

  function start(client: string): () => void {
    running.push(client);
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      running.splice(running.indexOf(client), 1);
      const next = waiting.find((each) => mayRun(each.client));
      next?.admit();
    };
  }

  function mayRun(client: string): boolean {
    return running.length < atOnce && !running.includes(client);
  }

  function assertRoom(client: string): void {
    const own = [...running, ...waiting.map((each) => each.client)].filter((each) => each === client).length;
    if (own >= perClient) {
      throw busy(
        429,
        'THROTTLED',
        `at most ${perClient} files of one client at a time, of which one is written, got one more`,
      );
    }
    if (waiting.length >= mostWaiting) {
      throw busy(
        503,
        'EXPORTS_BUSY',
        `room for another file, got ${running.length} that are written and ${waiting.length} that wait`,
      );
    }
  }

  return {
    async enter(client, signal) {
      signal.throwIfAborted();
      if (mayRun(client)) return start(client);
      assertRoom(client);
      return new Promise((resolve, reject) => {
        const leave = () => {
          const at = waiting.indexOf(me);
          if (at >= 0) waiting.splice(at, 1);
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
        };
        const me: Waiting = {
          client,
          admit() {
            leave();
            resolve(start(client));
          },
        };
        const onAbort = () => {
          leave();
          reject(busy(503, 'EXPORTS_BUSY', 'a client that waits, but it went'));
        };
        const timer = setTimeout(() => {
          leave();
          reject(
            busy(
              503,
              'EXPORTS_BUSY',
              `a place within ${waitMs / 1_000} s, got none: ${running.length} files are being written`,
            ),
          );
        }, waitMs);
        signal.addEventListener('abort', onAbort);
        waiting.push(me);
      });
    },
  };
}

function busy(status: 429 | 503, code: 'THROTTLED' | 'EXPORTS_BUSY', difference: string): ExportError {
  return new ExportError(status, code, `Expected ${difference}: ask again later.`, RETRY_AFTER_SECONDS);
}

const RETRY_AFTER_SECONDS = 10;
