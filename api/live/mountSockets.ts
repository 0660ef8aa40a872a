import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { Refusal } from '../limits/Refusal.js';
import type { Connections } from './createConnections.js';
import { MAX_PAYLOAD_BYTES } from './liveLimits.js';
import { PROTOCOL, type SocketOptions, serveSocket } from './serveSocket.js';

export interface MountSocketsOptions extends SocketOptions {
  readonly places: Connections;
  /** In ms, between two pings; by default half a minute. */
  readonly pingMs?: number | undefined;
}

/** WebSockets on /graphql, on the port of everything else. */
export function mountSockets(app: FastifyInstance, options: MountSocketsOptions): void {
  const { gate, places, pingMs = PING_MS } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    // Memory for each connection, for messages of a few hundred bytes.
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has(PROTOCOL) ? PROTOCOL : false),
  });
  const answered = new WeakSet<WebSocket>();
  let isClosing = false;

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (toPath(request) !== PATH) refuseElsewhere(app, socket);
    else if (isClosing) refuse(socket, 503, 'The server is going away.');
    else void open(request, socket, head).catch((thrown: unknown) => refuseBy(socket, thrown));
  }

  async function open(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const leave = places.enter(gate.locate(request));
    if (!leave) {
      refuse(socket, 429, 'Expected fewer connections from one address: close some, or wait.');
      return;
    }
    socket.once('close', leave);
    // While its key is looked up nobody else hears of what the socket dies of.
    socket.on('error', () => undefined);
    const client = await gate.identify(request);
    if (socket.destroyed) return;
    server.handleUpgrade(request, socket, head, (opened) => {
      answered.add(opened);
      opened.on('pong', () => answered.add(opened));
      // The protocol asks for this code where it is not spoken.
      if (opened.protocol === PROTOCOL) serveSocket(opened, client, options);
      else opened.close(4406, 'Subprotocol not acceptable');
    });
  }

  const beat = setInterval(() => {
    for (const opened of server.clients) {
      if (!answered.delete(opened)) opened.terminate();
      else opened.ping();
    }
  }, pingMs).unref();

  app.server.on('upgrade', upgrade);
  app.addHook('preClose', async () => {
    isClosing = true;
    clearInterval(beat);
    for (const opened of server.clients) opened.close(1001, 'The server is going away');
    // Whoever does not answer is cut off.
    setTimeout(() => {
      for (const opened of server.clients) opened.terminate();
    }, DRAIN_MS).unref();
    server.close();
  });
  app.addHook('onClose', async () => {
    app.server.off('upgrade', upgrade);
  });
}

const PATH = '/graphql';
const PING_MS = 30_000;
const DRAIN_MS = 1_000;

function toPath({ url = '' }: IncomingMessage): string {
  return url.split('?', 1).join().replace(/\/$/, '');
}

/** Where somebody else takes upgrades, too, it is theirs. */
function refuseElsewhere(app: FastifyInstance, socket: Duplex): void {
  if (app.server.listenerCount('upgrade') === 1) refuse(socket, 404, `Expected a WebSocket on ${PATH}.`);
}

/** An API key that is none, or a database in which it cannot be looked up. */
function refuseBy(socket: Duplex, thrown: unknown): void {
  if (!(thrown instanceof Refusal)) refuse(socket, 503, 'Expected a server that can look up API keys: come again.');
  else refuse(socket, thrown.told.status === 401 ? 401 : 429, thrown.message, thrown.told.headers);
}

const STATUS = { 401: 'Unauthorized', 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' } as const;

function refuse(
  socket: Duplex,
  status: keyof typeof STATUS,
  message: string,
  headers: Readonly<Record<string, string>> = status === 429 ? { 'retry-after': '60' } : {},
): void {
  socket.once('finish', () => socket.destroy());
  socket.on('error', () => undefined);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS[status]}`,
      'connection: close',
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(message)}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      message,
    ].join('\r\n'),
  );
}
