import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import type { Api, ApiOptions } from '../../api/createApi.js';
import { createServer } from '../../api/createServer.js';
import type { LiveSettings } from '../../api/live/mountLive.js';
import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import { type Block, toBatch, toBlock, toCursor } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';
import { createTestApi } from './openApi.js';

/** A server with subscriptions over a database that the real writer writes. */
export interface OpenLive {
  readonly store: OpenStore;
  readonly app: FastifyInstance;
  /** Without a slash at the end. */
  readonly url: string;
  /** The next block of the chain, with a log for each list of events. */
  write(
    logs?: readonly (readonly CanonicalEvent[])[],
    options?: { readonly height?: number; readonly fork?: string },
  ): Promise<void>;
  /** Takes back all blocks above a height, which is one that was written. */
  rollBack(height: number): Promise<void>;
  /** Stops the server, and not the database. */
  stop(): Promise<void>;
  /** Another one over the same database, as after a restart. */
  restart(): Promise<string>;
  close(): Promise<void>;
}

export async function openLive(
  live: LiveSettings = {},
  { throttle, mount }: Pick<ApiOptions, 'throttle'> & Mounted = {},
): Promise<OpenLive> {
  const store = await openStore();
  const databaseUrl = String(store.pool.options.connectionString);
  const blocks: Block[] = [];
  let server = await serve(databaseUrl, { live, throttle, mount });
  return {
    store,
    app: server.app,
    url: server.url,
    async write(logs = [], { height = (blocks.at(-1)?.height ?? 0) + 1, fork = '' } = {}) {
      const block = toBlock(height, logs, fork);
      const last = blocks.at(-1);
      await store.write([toBatch([block], last && toCursor(last))]);
      blocks.push(block);
    },
    async rollBack(height) {
      const last = blocks.at(-1);
      if (!last) throw new Error('a block was written');
      await store.store.rollBack(store.lease, { from: toCursor(last), height });
      while ((blocks.at(-1)?.height ?? 0) > height) blocks.pop();
    },
    stop: () => server.close(),
    async restart() {
      await server.close();
      server = await serve(databaseUrl, { live, throttle, mount });
      return server.url;
    },
    async close() {
      await server.close();
      await store.close();
    },
  };
}

/** What the server serves besides, such as the pages. */
interface Mounted {
  readonly mount?: ((app: FastifyInstance, api: Api) => Promise<void>) | undefined;
}

async function serve(databaseUrl: string, { mount, ...options }: Pick<ApiOptions, 'live' | 'throttle'> & Mounted) {
  const api = await createTestApi(databaseUrl, { snapshotMs: 1_000, ...options });
  const app = createServer();
  await api.mount(app);
  await mount?.(app, api);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  let closing: Promise<void> | undefined;
  return {
    app,
    url,
    close() {
      closing ??= app.close().then(() => api.close());
      return closing;
    },
  };
}

export const created = (job: string, provider?: string): CanonicalEvent => ({
  ...{ kind: 'jobCreated' as const, job, attributes: {}, ...(provider ? { provider } : {}) },
  tasks: [{ task: `${job}0`, position: 0 }],
});

export const completed = (task: string): CanonicalEvent => ({ kind: 'taskCompleted', task });

/** Waits until it holds, for ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 500) throw new Error(`Expected it to hold within ten seconds: ${holds}`);
    await sleep(20);
  }
}

export interface PlainMessage {
  readonly type: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server says
  readonly payload?: any;
}

/** A client that says what it is told to, right or wrong. */
export interface PlainSocket {
  readonly socket: WebSocket;
  readonly messages: readonly PlainMessage[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(message: unknown): void;
  /** Resolves when the server has taken it. */
  subscribe(id: string, query: string, variables?: Record<string, unknown>): Promise<void>;
  /** What came for a subscription. */
  list(id: string): readonly PlainMessage[];
}

export async function openSocket(
  url: string,
  options: { readonly init?: boolean; readonly protocol?: string } = {},
): Promise<PlainSocket> {
  const { init = true, protocol = 'graphql-transport-ws' } = options;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol);
  const messages: PlainMessage[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const send = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const count = (type: string) => messages.filter((message) => message.type === type).length;
  if (init) {
    send({ type: 'connection_init' });
    await until(() => count('connection_ack') === 1);
  }
  return {
    ...{ socket, messages, closed, send },
    async subscribe(id, query, variables) {
      const pongs = count('pong');
      send({ id, type: 'subscribe', payload: { query, variables } });
      send({ type: 'ping' });
      await until(() => count('pong') > pongs);
    },
    list: (id) => messages.filter((message) => message.id === id),
  };
}

export interface PlainStream {
  readonly status: number;
  readonly headers: Headers;
  readonly events: readonly { readonly id: string; readonly event: string; readonly data: string }[];
  readonly ended: Promise<void>;
  stop(): void;
}

/** Server-sent events, read as they come. */
export async function openStream(url: string, init: RequestInit = {}): Promise<PlainStream> {
  const abort = new AbortController();
  const answer = await fetch(url, { ...init, signal: abort.signal });
  const events: { id: string; event: string; data: string }[] = [];
  return {
    ...{ status: answer.status, headers: answer.headers, events, ended: read().catch(() => undefined) },
    stop: () => abort.abort(),
  };

  async function read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/s, 2)));
        if (fields.event) events.push({ id: fields.id ?? '', event: fields.event, data: fields.data ?? '' });
      }
    }
  }
}

export const toStreamUrl = (url: string, query: string, variables?: object) =>
  `${url}/graphql/stream?${new URLSearchParams({ query, ...(variables && { variables: JSON.stringify(variables) }) })}`;
