import { connect, type NatsConnection } from '@nats-io/transport-node';
import { toMessage } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import { parseNatsUrl } from '../../schema/lib/parseNatsUrl.js';
import type { Notice } from '../database/listenForWrites.js';

export interface Relay {
  /** Passes on what Postgres has said; while the server is away it is lost. */
  publish(notice: Notice): void;
  close(): Promise<void>;
}

/**
 * Hands notices from servers that hear Postgres to those that read from a standby, which has no LISTEN, by a subject of NATS. A
 * notice wakes and says nothing that is believed, so it may come twice, late, or not at all (docs/decisions/0019-live.md).
 */
export function createRelay(options: {
  readonly url: string;
  readonly log: Log;
  readonly onNotice: () => void;
}): Relay {
  const { url, log, onNotice } = options;
  const servers = parseNatsUrl(url);
  let connection: NatsConnection | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;
  let opening = open();

  async function open(): Promise<void> {
    try {
      const opened = await connect({
        ...servers,
        name: 'computescan-api',
        maxReconnectAttempts: -1,
        timeout: TIMEOUT_MS,
      });
      connection = opened;
      if (isClosed) return void (await opened.close());
      opened.subscribe(SUBJECT, { callback: () => onNotice() });
      await opened.flush();
      // What was said in between has been heard by nobody.
      onNotice();
    } catch (thrown) {
      // One that is there would connect again by itself, beside the next.
      await connection?.close().catch(() => undefined);
      log.warn({ error: toMessage(thrown) }, 'NATS is out of reach: notices are not relayed');
      if (!isClosed) retry = setTimeout(tryAgain, RETRY_MS).unref();
    }
  }

  function tryAgain(): void {
    opening = open();
  }

  return {
    publish({ channel, payload }) {
      if (connection && !connection.isClosed()) connection.publish(SUBJECT, JSON.stringify({ channel, payload }));
    },
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await opening;
      await connection?.close();
    },
  };
}

const SUBJECT = 'computescan.notice';
const TIMEOUT_MS = 5_000;
const RETRY_MS = 5_000;
