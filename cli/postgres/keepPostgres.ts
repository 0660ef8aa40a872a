import { setTimeout as sleep } from 'node:timers/promises';
import { toMessage } from '../../schema/lib/errors.js';
import { type OpenOptions, openPostgres } from './openPostgres.js';

export interface KeptPostgres {
  /** Stays the same over restarts. */
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 500;

/**
 * Opens Postgres and starts it again, on the same port, whenever it ends without being asked to: whoever uses its URL
 * finds it again by trying. Several processes may keep the same one; the first to notice starts it, the others join.
 */
export async function keepPostgres(options: OpenOptions): Promise<KeptPostgres> {
  const ending = new AbortController();
  let current = await openPostgres(options);
  const { url, version, port } = current;
  const keeping = keep();

  async function keep(): Promise<void> {
    for (;;) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      if (ending.signal.aborted) return;
      if (!current.isRunning()) await reopen();
    }
  }

  async function reopen(): Promise<void> {
    options.onStep?.('Postgres has ended by itself; starting it again');
    try {
      current = await openPostgres({ ...options, port });
    } catch (thrown) {
      options.onStep?.(`Postgres does not start: ${toMessage(thrown)}`);
    }
  }

  return {
    url,
    version,
    async stop() {
      ending.abort();
      await keeping;
      await current.stop();
    },
  };
}
