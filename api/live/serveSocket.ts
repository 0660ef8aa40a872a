import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { WebSocket } from 'ws';
import { assertNever } from '../../schema/lib/assert.js';
import { Refusal } from '../limits/Refusal.js';
import type { Client } from '../limits/throttle/Throttle.js';
import { MAX_BUFFER_BYTES } from './liveLimits.js';
import { type OperationsOptions, RefusedSubscription, startOperation } from './startOperation.js';

export interface SocketOptions extends OperationsOptions {
  readonly subscriptionsPerConnection: number;
  readonly toErrors: (errors: readonly GraphQLError[]) => readonly GraphQLFormattedError[];
  /** In ms; by default 10 seconds. */
  readonly initTimeoutMs?: number | undefined;
}

export const PROTOCOL = 'graphql-transport-ws';

/**
 * Speaks the server's side of the protocol `graphql-transport-ws` (PROTOCOL.md of npm's graphql-ws) to one client. Results are
 * texts that many clients share: only the id of the subscription is put before them.
 */
export function serveSocket(socket: WebSocket, client: Client, options: SocketOptions): void {
  const { subscriptionsPerConnection, toErrors, initTimeoutMs = INIT_TIMEOUT_MS } = options;
  const operations = new Map<string, () => void>();
  let held: ReturnType<OperationsOptions['hub']['hold']> | undefined;
  let isInitialised = false;
  const timer = setTimeout(() => {
    if (!held) close(4408, 'Connection initialisation timeout');
  }, initTimeoutMs).unref();

  function close(code: number, reason: string): void {
    stopAll();
    socket.close(code, reason);
    // Who does not read does not read the end either.
    setTimeout(() => socket.terminate(), LINGER_MS).unref();
  }

  function stopAll(): void {
    clearTimeout(timer);
    for (const stop of operations.values()) stop();
    operations.clear();
    held?.release();
  }

  function send(text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(text);
    if (socket.bufferedAmount > MAX_BUFFER_BYTES) close(4413, `Slow reader: more than ${MAX_BUFFER_BYTES} bytes wait`);
  }

  async function initialise(): Promise<void> {
    if (held) {
      close(4429, 'Too many initialisation requests');
      return;
    }
    held = options.hub.hold();
    clearTimeout(timer);
    // Who subscribes after this misses nothing.
    await held.ready;
    isInitialised = true;
    send('{"type":"connection_ack"}');
  }

  function subscribe(id: string, request: unknown): void {
    if (!isInitialised) close(4401, 'Unauthorized');
    else if (operations.has(id)) close(4409, `Subscriber for ${id.slice(0, 64)} already exists`);
    else if (operations.size >= subscriptionsPerConnection) sendError(id, [toTooMany(subscriptionsPerConnection)]);
    else start(id, request);
  }

  function start(id: string, request: unknown): void {
    const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    try {
      const stop = startOperation(options, client, {
        request,
        sink: {
          next: (result) => send(`${head}${result}}`),
          fail(errors) {
            end(id);
            sendError(id, toErrors(errors));
          },
        },
      });
      operations.set(id, stop);
    } catch (thrown) {
      if (thrown instanceof Refusal) {
        const { code, details } = thrown.told;
        sendError(id, [{ message: thrown.message, extensions: { code, ...details } }]);
      } else if (thrown instanceof RefusedSubscription) sendError(id, toErrors(thrown.errors));
      else throw thrown;
    }
  }

  function sendError(id: string, errors: readonly GraphQLFormattedError[]): void {
    send(JSON.stringify({ id, type: 'error', payload: errors }));
  }

  function end(id: string): void {
    operations.get(id)?.();
    operations.delete(id);
  }

  function take(message: ClientMessage): void {
    switch (message.type) {
      case 'connection_init':
        void initialise();
        break;
      case 'ping':
        send('{"type":"pong"}');
        break;
      case 'pong':
        break;
      case 'subscribe':
        subscribe(message.id, message.payload);
        break;
      case 'complete':
        end(message.id);
        break;
      default:
        assertNever(message);
    }
  }

  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    const message = isBinary ? undefined : parseMessage(String(data));
    if (message) take(message);
    else close(4400, 'Invalid message');
  });
  socket.on('close', stopAll);
  // What a socket dies of, an oversized message among it, closes it.
  socket.on('error', () => undefined);
}

function toTooMany(limit: number): GraphQLFormattedError {
  return {
    message: `Expected at most ${limit} subscriptions on one connection, got one more: end one, or open another connection.`,
    extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
  };
}

const INIT_TIMEOUT_MS = 10_000;
const LINGER_MS = 10_000;

type ClientMessage =
  | { readonly type: 'connection_init' | 'ping' | 'pong' }
  | { readonly type: 'subscribe'; readonly id: string; readonly payload: unknown }
  | { readonly type: 'complete'; readonly id: string };

/** Undefined: it is none. */
function parseMessage(text: string): ClientMessage | undefined {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null) return undefined;
    const { type, id, payload } = message as Readonly<Record<string, unknown>>;
    if (type === 'connection_init' || type === 'ping' || type === 'pong') return { type };
    if (typeof id !== 'string' || id === '' || id.length > MAX_ID_LENGTH) return undefined;
    if (type === 'complete') return { type, id };
    return type === 'subscribe' && typeof payload === 'object' && payload ? { type, id, payload } : undefined;
  } catch {
    return undefined;
  }
}

/** It stands before every message: clients count, or take a UUID. */
const MAX_ID_LENGTH = 256;
