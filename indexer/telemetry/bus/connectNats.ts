import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { parseNatsUrl } from '../../../schema/lib/parseNatsUrl.js';
import { createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import { openStream, type StreamOptions } from './openStream.js';

/** A connection over which the stream was found; of use until it breaks. */
export interface Link {
  readonly connection: NatsConnection;
  readonly publisher: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly shards: number;
}

export interface NatsConnector {
  /** Undefined while the server is away. */
  find(): Link | undefined;
  /** Waits for the server; undefined once closed. */
  wait(): Promise<Link | undefined>;
  /** Something failed over it: the stream is looked for again before it counts as found. */
  doubt(link: Link): void;
  /** Sends what is under way, and ends. */
  close(): Promise<void>;
}

export interface NatsConnectorOptions extends StreamOptions {
  readonly url: string;
  /** As which this process is listed by the server. */
  readonly name: string;
  readonly log: Log;
  readonly runtime: Runtime;
}

/**
 * Keeps a connection for as long as the process lives: a server that is away, at the start or later, is waited for. After
 * every break the stream is looked for again, since another server may stand there now.
 */
export function connectNats(options: NatsConnectorOptions): NatsConnector {
  const { log, runtime } = options;
  const servers = parseNatsUrl(options.url);
  const ending = new AbortController();
  const { signal } = ending;
  const backoff = createBackoff({ firstMs: 100, maxMs: 5_000, runtime });
  let connection: NatsConnection | undefined;
  let link: Link | undefined;
  let waiting: (() => void)[] = [];
  /** Ends the search for the stream that is under way, if any. */
  let attempt = new AbortController();
  const kept = keep();

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      try {
        connection = await connect({ ...servers, ...reconnecting, name: options.name });
        await follow(connection);
      } catch (thrown) {
        log.warn({ error: toMessage(thrown) }, 'NATS is out of reach');
      }
      await backoff.wait(signal);
    }
    await connection?.close();
  }

  /** Returns when the client has given the connection up. */
  async function follow(current: NatsConnection): Promise<void> {
    search(current);
    for await (const { type } of current.status()) {
      if (type === 'disconnect') log.warn('Lost the connection to NATS');
      if (type === 'disconnect') forget();
      if (type === 'reconnect') search(current);
    }
    forget();
  }

  function search(current: NatsConnection): void {
    forget();
    void prepare(current, attempt.signal);
  }

  function forget(): void {
    link = undefined;
    attempt.abort();
    attempt = new AbortController();
  }

  /** JetStream may need a while after its server is there. Ends with the connection, or once the stream is found. */
  async function prepare(current: NatsConnection, broken: AbortSignal): Promise<void> {
    const over = AbortSignal.any([signal, broken]);
    while (!over.aborted) {
      try {
        const manager = await jetstreamManager(current, { timeout: REQUEST_MS });
        const shards = await openStream(manager, options);
        if (over.aborted) return;
        link = { connection: current, publisher: jetstream(current), manager, shards };
        backoff.reset();
        if (shards !== options.shards) log.info({ shards }, 'The stream has its own number of shards');
        log.info({ server: current.getServer() }, 'Connected to NATS');
        release();
        return;
      } catch (thrown) {
        if (!over.aborted) log.warn({ error: toMessage(thrown) }, 'The stream of NATS is out of reach');
        await backoff.wait(over);
      }
    }
  }

  function release(): void {
    for (const go of waiting) go();
    waiting = [];
  }

  return {
    find: () => link,
    async wait() {
      while (!link && !signal.aborted) await new Promise<void>((resolve) => waiting.push(resolve));
      return signal.aborted ? undefined : link;
    },
    doubt(doubted) {
      if (doubted === link) search(doubted.connection);
    },
    async close() {
      const last = link;
      ending.abort();
      release();
      // Draining waits for the server, which has to be there.
      if (last) await last.connection.drain();
      else await connection?.close();
      await kept;
    },
  };
}

/** For ever, and also after a refused login: whoever changes a password does so in two places. */
const reconnecting = {
  maxReconnectAttempts: -1,
  ignoreAuthErrorAbort: true,
  reconnectTimeWait: 250,
  reconnectJitter: 250,
  timeout: 5_000,
  /** A server that hangs is noticed after two of them. */
  pingInterval: 10_000,
} as const;

const REQUEST_MS = 5_000;
