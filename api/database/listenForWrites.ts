import pg from 'pg';
import { BLOCK_CHANNEL, METRIC_CHANNEL } from '../../schema/lib/channels.js';

export interface Listener {
  /** Begins to listen, once. */
  start(): void;
  close(): Promise<void>;
}

/** What somebody who wrote has said, word for word. */
export interface Notice {
  readonly channel: string;
  readonly payload: string;
}

/**
 * Calls `onWrite` when a block was written or taken back, when figures were rolled, and when either may have happened unheard. A
 * standby server has no LISTEN, and a connection may break: then answers are as old as snapshots may get, and it is tried again.
 */
export function listenForWrites(url: string, onWrite: (notice?: Notice) => void): Listener {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isStarted = false;
  let isClosed = false;

  async function listen(): Promise<void> {
    const mine = new pg.Client({
      connectionString: url,
      application_name: 'computescan-api-listen',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    client = mine;
    mine.on('error', () => undefined);
    mine.on('notification', ({ channel, payload = '' }) => onWrite({ channel, payload }));
    mine.once('end', tryLater);
    try {
      await mine.connect();
      await mine.query(`listen ${BLOCK_CHANNEL}; listen ${METRIC_CHANNEL}`);
      // What was written in between has told nobody.
      onWrite();
    } catch {
      await mine.end().catch(() => undefined);
      tryLater();
    }
  }

  function tryLater(): void {
    if (isClosed) return;
    clearTimeout(retry);
    retry = setTimeout(listen, RETRY_MS).unref();
  }

  return {
    start() {
      if (isStarted || isClosed) return;
      isStarted = true;
      void listen();
    },
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}

const CONNECT_TIMEOUT_MS = 2_000;
const RETRY_MS = 5_000;
