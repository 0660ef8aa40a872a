import { Agent, WebSocket } from 'undici';
import { parseAnswers, parseJson, toMessageText } from './jsonRpc.js';
import type { RpcCall, RpcReply, SendOptions, Transport } from './Transport.js';
import { TransportError } from './TransportError.js';
import { toOrigin } from './toOrigin.js';

/**
 * JSON-RPC over one WebSocket, opened when it is first needed and again after it broke. A broken one ends what waits on
 * it; to subscribe anew is the caller's business.
 */
export function createWebSocketTransport(
  url: string,
  options: { readonly heartbeatMs?: number; readonly maxBytes?: number } = {},
): Transport {
  const { heartbeatMs = HEARTBEAT_MS, maxBytes = MAX_BYTES } = options;
  const origin = toOrigin(url);
  // A larger message ends the connection, and undici does not say why; one between a request's own limit and this is
  // told apart as too large.
  const agent = new Agent({
    webSocket: { maxPayloadSize: maxBytes },
    connect: { timeout: HANDSHAKE_TIMEOUT_MS },
    headersTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  let line: Line | undefined;
  const getLine = () => {
    if (!line || line.isBroken()) line = openLine(url, { agent, origin, heartbeatMs });
    return line;
  };
  return {
    send: (calls, sendOptions) => sendOver(getLine(), calls, { ...sendOptions, origin }),
    subscribeHeads(onHead, onEnd) {
      const subscription = { onHead, onEnd, over: false };
      const used = getLine();
      used.subscribe(subscription);
      return () => {
        subscription.over = true;
        used.unsubscribe(subscription);
      };
    },
    async close() {
      line?.fail(new TransportError('aborted', `${origin}: closed.`));
      await agent.destroy();
    },
  };
}

const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Silence on a subscription after which the endpoint must answer a call, and the time it has for that. */
const HEARTBEAT_MS = 30_000;
const PULSE_TIMEOUT_MS = 10_000;
const MAX_BYTES = 134_217_728;

interface Subscription {
  readonly onHead: (header: unknown) => void;
  readonly onEnd: (reason: string) => void;
  over: boolean;
}

interface Waiting {
  readonly firstId: number;
  readonly count: number;
  readonly maxBytes: number;
  /** Called once, in the same turn in which the answer is read. */
  settle(outcome: RpcReply | TransportError): void;
}

interface Line {
  isBroken(): boolean;
  /** Of the endpoint, since the line was opened. */
  countMessages(): number;
  ask(calls: readonly RpcCall[], limits: { maxBytes: number }, settle: Waiting['settle']): Waiting;
  forget(waiting: Waiting): void;
  subscribe(subscription: Subscription): void;
  unsubscribe(subscription: Subscription): void;
  fail(error: TransportError): void;
}

function openLine(
  url: string,
  options: { readonly agent: Agent; readonly origin: string; readonly heartbeatMs: number },
): Line {
  const { agent, origin, heartbeatMs } = options;
  const { target, headers } = toTarget(url);
  const socket = new WebSocket(target, { dispatcher: agent, headers });
  const waitingById = new Map<number, Waiting>();
  const subscriptions = new Map<string, Subscription>();
  const unsent: string[] = [];
  let nextId = 1;
  let heardAt = performance.now();
  let broken: TransportError | undefined;
  let messages = 0;
  const heartbeat = setInterval(() => checkPulse(), heartbeatMs);
  heartbeat.unref();

  const line: Line = {
    isBroken: () => broken !== undefined,
    countMessages: () => messages,
    ask(calls, { maxBytes }, settle) {
      const waiting = { firstId: nextId, count: calls.length, maxBytes, settle };
      nextId += calls.length;
      for (let id = waiting.firstId; id < nextId; id += 1) waitingById.set(id, waiting);
      const text = toMessageText(calls, waiting.firstId);
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else unsent.push(text);
      return waiting;
    },
    forget(waiting) {
      for (let id = waiting.firstId; id < waiting.firstId + waiting.count; id += 1) waitingById.delete(id);
    },
    subscribe(subscription) {
      line.ask([SUBSCRIBE], { maxBytes: MAX_BYTES }, (outcome) => {
        if (subscription.over) return;
        const answer = outcome instanceof TransportError ? outcome : outcome.answers[0];
        if (answer && 'kind' in answer && answer.kind === 'result' && typeof answer.value === 'string') {
          subscriptions.set(answer.value, subscription);
          return;
        }
        end(subscription, `${origin} did not subscribe: ${answer && 'message' in answer ? answer.message : 'no id'}`);
      });
    },
    unsubscribe(subscription) {
      for (const [id, other] of subscriptions) {
        if (other !== subscription) continue;
        subscriptions.delete(id);
        if (!broken) line.ask([{ method: 'eth_unsubscribe', params: [id] }], { maxBytes: MAX_BYTES }, () => undefined);
      }
    },
    fail(error) {
      if (broken) return;
      broken = error;
      clearInterval(heartbeat);
      socket.close();
      const waiting = new Set(waitingById.values());
      waitingById.clear();
      for (const { settle } of waiting) settle(error);
      const ended = [...subscriptions.values()];
      subscriptions.clear();
      for (const subscription of ended) end(subscription, error.message);
    },
  };

  socket.addEventListener('open', () => {
    heardAt = performance.now();
    for (const text of unsent.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', ({ data }) => {
    heardAt = performance.now();
    messages += 1;
    if (broken) return;
    if (typeof data !== 'string') return line.fail(new TransportError('malformed', `${origin}: expected text.`));
    try {
      read(data);
    } catch (thrown) {
      if (!(thrown instanceof TransportError)) throw thrown;
      // An answer that cannot be told apart leaves every question open.
      line.fail(thrown);
    }
  });
  socket.addEventListener('close', ({ code }) => {
    line.fail(new TransportError('network', `${origin}: the WebSocket closed (${code}).`));
  });
  return line;

  function read(text: string): void {
    const message = parseJson(text, origin);
    if (isNotification(message)) {
      const subscription = subscriptions.get(message.params.subscription);
      if (subscription && !subscription.over) subscription.onHead(message.params.result);
      return;
    }
    const waiting = findWaiting(message);
    if (!waiting) return;
    line.forget(waiting);
    waiting.settle(toOutcome(message, text.length, waiting));
  }

  function findWaiting(message: unknown): Waiting | undefined {
    for (const item of Array.isArray(message) ? message : [message]) {
      const waiting = waitingById.get((item as { readonly id?: number } | null)?.id ?? 0);
      if (waiting) return waiting;
    }
    // An error without an id can only be told apart where a single question is open.
    const open = new Set(waitingById.values());
    return open.size === 1 ? [...open][0] : undefined;
  }

  function toOutcome(message: unknown, bytes: number, waiting: Waiting): RpcReply | TransportError {
    if (bytes > waiting.maxBytes) {
      return new TransportError('tooLarge', `${origin}: expected at most ${waiting.maxBytes} bytes, got ${bytes}.`);
    }
    try {
      return { ...parseAnswers(message, waiting.firstId, waiting.count), bytes };
    } catch (thrown) {
      if (thrown instanceof TransportError) return thrown;
      throw thrown;
    }
  }

  function checkPulse(): void {
    if (subscriptions.size === 0 || performance.now() - heardAt < heartbeatMs) return;
    const silent = () => line.fail(new TransportError('timeout', `${origin}: fell silent.`));
    const timer = setTimeout(silent, Math.min(PULSE_TIMEOUT_MS, heartbeatMs));
    timer.unref();
    line.ask([{ method: 'eth_chainId', params: [] }], { maxBytes: MAX_BYTES }, () => clearTimeout(timer));
  }
}

const SUBSCRIBE: RpcCall = { method: 'eth_subscribe', params: ['newHeads'] };

function end(subscription: Subscription, reason: string): void {
  if (subscription.over) return;
  subscription.over = true;
  subscription.onEnd(reason);
}

function sendOver(
  line: Line,
  calls: readonly RpcCall[],
  options: SendOptions & { readonly origin: string },
): Promise<RpcReply> {
  const { deadlineMs, maxBytes, signal, origin } = options;
  return new Promise((resolve, reject) => {
    const messages = line.countMessages();
    const waiting = line.ask(calls, { maxBytes }, (outcome) => {
      stop();
      if (outcome instanceof TransportError) reject(outcome);
      else resolve(outcome);
    });
    const giveUp = (error: TransportError) => {
      stop();
      line.forget(waiting);
      reject(error);
    };
    const timer = setTimeout(() => {
      const error = new TransportError('timeout', `Expected an answer of ${origin} within ${deadlineMs} ms, got none.`);
      giveUp(error);
      // Not a word since it was asked: the connection itself is dead, and the next request opens another.
      if (line.countMessages() === messages) line.fail(error);
    }, deadlineMs);
    const onAbort = () => giveUp(new TransportError('aborted', `Gave up the request to ${origin}.`));
    const stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}

function toTarget(url: string): { target: string; headers: Record<string, string> } {
  const target = new URL(url);
  const user = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
  target.username = '';
  target.password = '';
  if (user === ':') return { target: target.href, headers: {} };
  return { target: target.href, headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` } };
}

interface Notification {
  readonly method: 'eth_subscription';
  readonly params: { readonly subscription: string; readonly result: unknown };
}

function isNotification(message: unknown): message is Notification {
  const { method, params } = (message ?? {}) as { readonly method?: unknown; readonly params?: unknown };
  if (method !== 'eth_subscription' || typeof params !== 'object' || params === null) return false;
  return typeof (params as { readonly subscription?: unknown }).subscription === 'string';
}
