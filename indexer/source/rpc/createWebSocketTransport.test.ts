import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createWebSocketTransport } from './createWebSocketTransport.js';
import type { RpcCall, SendOptions, Transport } from './Transport.js';
import { TransportError } from './TransportError.js';

const KEY = 'secret-key';
const call: RpcCall = { method: 'eth_blockNumber', params: [] };
const limits: SendOptions = { deadlineMs: 5_000, maxBytes: 1_048_576 };
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

describe('the WebSocket transport', () => {
  it('answers calls and batches over one connection, with the user of the URL as a header', async () => {
    const { transport, seen } = await serve((asked, peer) => {
      const answer = ({ id, method }: Message) => ({ jsonrpc: '2.0', id, result: method });
      peer.say(Array.isArray(asked) ? asked.map(answer).reverse() : answer(single(asked)));
    });
    const [one, two] = await Promise.all([
      transport.send([call], limits),
      transport.send(
        [
          { method: 'a', params: [] },
          { method: 'b', params: [] },
        ],
        limits,
      ),
    ]);
    expect(one.answers).toEqual([{ kind: 'result', value: 'eth_blockNumber' }]);
    expect(two.answers).toEqual([
      { kind: 'result', value: 'a' },
      { kind: 'result', value: 'b' },
    ]);
    expect(seen).toEqual([`Basic ${Buffer.from(`user:${KEY}`).toString('base64')}`]);
  });

  it('reads a message of several megabytes', async () => {
    const value = `0x${'ab'.repeat(2_000_000)}`;
    const { transport } = await serve((asked, peer) =>
      peer.say({ jsonrpc: '2.0', id: single(asked).id, result: value }),
    );
    const reply = await transport.send([call], { ...limits, maxBytes: 8_000_000 });
    expect(reply.answers).toEqual([{ kind: 'result', value }]);
    expect(reply.bytes).toBeGreaterThan(4_000_000);
  });

  it('tells of each new head until it is stopped', async () => {
    const { transport, peers } = await serve(answerSubscription);
    const heads: unknown[] = [];
    const two = gate();
    const stop = transport.subscribeHeads?.(
      (header) => {
        heads.push(header);
        if (heads.length === 2) two.open();
      },
      () => undefined,
    );
    await until(() => peers.some((peer) => peer.subscribed));
    peers[0]?.head({ number: '0x1' });
    peers[0]?.head({ number: '0x2' });
    await two.opened;
    stop?.();
    peers[0]?.head({ number: '0x3' });
    await transport.send([call], limits);
    expect(heads).toEqual([{ number: '0x1' }, { number: '0x2' }]);
    expect(peers[0]?.asked).toContain('eth_unsubscribe');
  });

  it('hears a head that comes in the same packet as the subscription', async () => {
    const { transport } = await serve((asked, peer) => {
      const { id } = single(asked);
      peer.say({ jsonrpc: '2.0', id, result: '0xs' }, notify('0xs', { number: '0x9' }));
    });
    const head = await new Promise((resolve) => transport.subscribeHeads?.(resolve, () => undefined));
    expect(head).toEqual({ number: '0x9' });
  });

  it('says once that a subscription ended, and opens a new connection for what comes next', async () => {
    const { transport, peers } = await serve(answerSubscription);
    const reasons: string[] = [];
    const ended = gate();
    transport.subscribeHeads?.(
      () => undefined,
      (reason) => {
        reasons.push(reason);
        ended.open();
      },
    );
    await until(() => peers.some((peer) => peer.subscribed));
    peers[0]?.drop();
    await ended.opened;
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).not.toContain(KEY);
    expect((await transport.send([call], limits)).answers).toHaveLength(1);
    expect(peers).toHaveLength(2);
  });

  it('says that a subscription is refused', async () => {
    const { transport } = await serve((asked, peer) =>
      peer.say({ jsonrpc: '2.0', id: single(asked).id, error: { code: -32601, message: 'no subscriptions' } }),
    );
    const reason = await new Promise((resolve) => transport.subscribeHeads?.(() => undefined, resolve));
    expect(reason).toContain('no subscriptions');
  });

  it('ends a subscription whose endpoint falls silent', async () => {
    const { transport } = await serve((asked, peer) => {
      if (single(asked).method === 'eth_subscribe') answerSubscription(asked, peer);
    }, 100);
    const reason = await new Promise((resolve) => transport.subscribeHeads?.(() => undefined, resolve));
    expect(reason).toContain('fell silent');
  });

  it('keeps a quiet subscription whose endpoint still answers', async () => {
    const { transport, peers } = await serve(answerSubscription, 50);
    const reasons: string[] = [];
    transport.subscribeHeads?.(
      () => undefined,
      (reason) => reasons.push(reason),
    );
    await until(() => (peers[0]?.asked.filter((method) => method === 'eth_chainId').length ?? 0) >= 3);
    expect(reasons).toEqual([]);
  });

  it('fails what waits when the connection breaks', async () => {
    const { transport } = await serve((_asked, peer) => peer.drop());
    expect(await failureOf(transport.send([call], limits))).toMatchObject({ fault: 'network' });
  });

  it('ends at the deadline and gives up a connection on which nothing came', async () => {
    let silent = true;
    const { transport, peers } = await serve((asked, peer) => {
      if (!silent) peer.say({ jsonrpc: '2.0', id: single(asked).id, result: '0x1' });
    });
    expect(await failureOf(transport.send([call], { ...limits, deadlineMs: 300 }))).toMatchObject({ fault: 'timeout' });
    silent = false;
    expect((await transport.send([call], limits)).answers).toEqual([{ kind: 'result', value: '0x1' }]);
    expect(peers).toHaveLength(2);
  });

  it('ends at once when the caller gives up', async () => {
    const { transport } = await serve(() => undefined);
    const controller = new AbortController();
    const sent = failureOf(transport.send([call], { ...limits, signal: controller.signal }));
    controller.abort();
    expect(await sent).toMatchObject({ fault: 'aborted' });
  });

  it('refuses a message larger than the request allows', async () => {
    const { transport } = await serve((asked, peer) =>
      peer.say({ jsonrpc: '2.0', id: single(asked).id, result: 'x'.repeat(2_000) }),
    );
    expect(await failureOf(transport.send([call], { ...limits, maxBytes: 1_000 }))).toMatchObject({
      fault: 'tooLarge',
    });
  });

  it('ends a connection whose message is larger than the transport ever takes in', async () => {
    const { transport } = await serve(
      (asked, peer) => peer.say({ jsonrpc: '2.0', id: single(asked).id, result: 'x'.repeat(200_000) }),
      undefined,
      100_000,
    );
    expect(await failureOf(transport.send([call], limits))).toMatchObject({ fault: 'network' });
  });

  it.each([
    ['no JSON', '<html>'],
    ['half of one', '{"jsonrpc":"2.0","id":1'],
  ])('takes %s for a broken endpoint', async (_title, text) => {
    const { transport } = await serve((_asked, peer) => peer.write(text));
    expect(await failureOf(transport.send([call], limits))).toMatchObject({ fault: 'malformed' });
  });

  it('does not mistake the answer to another question', async () => {
    const { transport } = await serve((asked, peer) => {
      const { id } = single(asked);
      peer.say({ jsonrpc: '2.0', id: id + 1_000, result: 'wrong' });
    });
    expect(await failureOf(transport.send([call], limits))).toMatchObject({ fault: 'malformed' });
  });

  it('says that nobody listens, without the path', async () => {
    const transport = createWebSocketTransport(`ws://127.0.0.1:1/${KEY}`);
    ends.push(() => transport.close());
    const error = await failureOf(transport.send([call], limits));
    expect(error.fault).toBe('network');
    expect(error.message).not.toContain(KEY);
  });
});

interface Message {
  readonly id: number;
  readonly method: string;
}
type Asked = Message | readonly Message[];
type Answer = (asked: Asked, peer: Peer) => void;

/** The server's end of one connection. */
interface Peer {
  readonly asked: string[];
  subscribed: boolean;
  /** In one packet. */
  say(...messages: readonly unknown[]): void;
  write(text: string): void;
  head(header: unknown): void;
  drop(): void;
}

async function serve(
  answer: Answer,
  heartbeatMs?: number,
  maxBytes?: number,
): Promise<{ transport: Transport; peers: Peer[]; seen: (string | undefined)[] }> {
  const peers: Peer[] = [];
  const seen: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    sockets.add(socket);
    seen.push(request.headers.authorization);
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const peer = createPeer(socket);
    peers.push(peer);
    readFrames(socket, (text) => {
      const asked = JSON.parse(text) as Asked;
      peer.asked.push(...[asked].flat().map(({ method }) => method));
      answer(asked, peer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://user:${KEY}@127.0.0.1:${(server.address() as AddressInfo).port}/${KEY}`;
  const transport = createWebSocketTransport(url, {
    ...(heartbeatMs ? { heartbeatMs } : {}),
    ...(maxBytes ? { maxBytes } : {}),
  });
  ends.push(async () => {
    await transport.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { transport, peers, seen };
}

function createPeer(socket: Socket): Peer {
  socket.on('error', () => undefined);
  return {
    asked: [],
    subscribed: false,
    say: (...messages) => socket.write(Buffer.concat(messages.map((message) => toFrame(JSON.stringify(message))))),
    write: (text) => socket.write(toFrame(text)),
    head(header) {
      this.say(notify('0xs', header));
    },
    drop: () => socket.destroy(),
  };
}

function answerSubscription(asked: Asked, peer: Peer): void {
  const { id, method } = single(asked);
  if (method === 'eth_subscribe') peer.subscribed = true;
  peer.say({ jsonrpc: '2.0', id, result: method === 'eth_subscribe' ? '0xs' : '0x1' });
}

function notify(subscription: string, result: unknown) {
  return { jsonrpc: '2.0', method: 'eth_subscription', params: { subscription, result } };
}

function single(asked: Asked): Message {
  if (Array.isArray(asked)) throw new Error('Expected a bare call, got a batch.');
  return asked as Message;
}

/** An unmasked text frame (RFC 6455, 5.2). */
function toFrame(text: string): Buffer {
  const body = Buffer.from(text);
  if (body.length < 126) return Buffer.concat([Buffer.from([0x81, body.length]), body]);
  const header = Buffer.alloc(10);
  header.writeUInt16BE(0x817f);
  header.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([header, body]);
}

/** Masked frames of a client, none longer than 64 KiB. */
function readFrames(socket: Socket, onText: (text: string) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < 2) return;
      const short = rest.readUInt8(1) & 0x7f;
      const start = short === 126 ? 4 : 2;
      if (rest.length < start + 4) return;
      const length = short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < start + 4 + length) return;
      const mask = rest.subarray(start, start + 4);
      const body = Buffer.from(rest.subarray(start + 4, start + 4 + length)).map(
        (byte, at) => byte ^ (mask[at % 4] ?? 0),
      );
      const opcode = rest.readUInt8(0) & 0x0f;
      rest = rest.subarray(start + 4 + length);
      if (opcode === 1) onText(Buffer.from(body).toString());
    }
  });
}

async function failureOf(promise: Promise<unknown>): Promise<TransportError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof TransportError)) throw new Error(`Expected a TransportError, got ${String(thrown)}.`);
  return thrown;
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const open: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => {
    open.push(resolve);
  });
  return { opened, open: () => open[0]?.() };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
