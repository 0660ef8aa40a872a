import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { keccak256, stringToBytes } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import type { Runtime } from '../../indexer/lib/runtime.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { registerObserver } from '../../indexer/telemetry/beats/registerNodes.js';
import { createLocalBus } from '../../indexer/telemetry/bus/createLocalBus.js';
import { createGateway, type Gateway, type GatewayOptions } from '../../indexer/telemetry/gateway/createGateway.js';
import { createPool } from '../../schema/database.js';
import { toAnchor } from '../../schema/heartbeat/anchor.js';
import { type Envelope, headerNames, toHeaders, toSignedBytes } from '../../schema/heartbeat/envelope.js';
import { hashBody } from '../../schema/heartbeat/hashBody.js';
import type { Beat } from '../../schema/heartbeat/parseBatch.js';
import {
  type Anchor,
  type HeartbeatMessage,
  type HeartbeatType,
  toTypedData,
} from '../../schema/heartbeat/typedData.js';
import { type Hex, toBytes, toHex } from '../../schema/lib/hex.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';

/** Minute in which a world begins, 20 s after its start: room on both sides for clocks that are wrong. */
export const SLOT = 29_600_000;
export const START_MS = SLOT * 60_000 + 20_000;
export const FIRST_HEIGHT = 1_000;
/** Blocks at the beginning. */
const BLOCKS = 200;

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  readonly body: any;
}

export interface TestSession {
  readonly delegation: Hex;
  readonly privateKey: KeyObject;
  readonly answer: Answer;
  /** The next one. */
  counter: number;
}

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
  /** Address on loopback that the request comes from. */
  readonly from?: string;
}

export interface BatchChanges extends Pick<PostOptions, 'url' | 'from'> {
  readonly envelope?: Partial<Envelope>;
  /** In place of the beats' JSON. */
  readonly body?: string;
  /** After signing; undefined leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly macSecret?: Hex;
  readonly path?: string;
}

export interface SignedBeatChanges {
  readonly heartbeat?: Partial<HeartbeatMessage<'Heartbeat'>>;
  readonly anchor?: Anchor;
  readonly network?: string;
  readonly bodyText?: string;
  readonly sentBody?: string;
  readonly beat?: Partial<Beat>;
  readonly sign?: (message: HeartbeatMessage<'Heartbeat'>) => Promise<Hex>;
  readonly from?: string;
  readonly signature?: (signature: Hex) => Hex;
}

export type GatewayWorld = Awaited<ReturnType<typeof openGatewayWorld>>;

/** A gateway with writer and database, a chain of made-up blocks, nodes on it, and senders; the time of day is the test's. */
export async function openGatewayWorld(
  options: Partial<GatewayOptions> & { readonly network?: string; readonly commitMs?: number } = {},
) {
  const { network: networkId = 'compute-market-devnet', commitMs = 5, ...given } = options;
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  const clock = { ms: START_MS };
  const runtime: Runtime = { ...systemRuntime, wallTime: () => new Date(clock.ms) };
  const network = getNetwork(networkId);
  const { chainId } = network.definition;
  const anchor = toAnchor(network.definition);
  await ensureSlots(pool, SLOT - 2_000, SLOT + 2_000);
  const observer = await registerObserver(pool, { name: 'test', networkGroup: 'test' });
  const store = createBeatStore({ pool, runtime });
  const bus = createLocalBus({ runtime: systemRuntime, commitMs, maxBeats: 100_000 });
  await bus.consume(store.write);
  const gateways: Gateway[] = [];
  let height = FIRST_HEIGHT - 1;
  await mine(BLOCKS);
  const { gateway, url } = await startGateway();

  return {
    ...{
      pool,
      bus,
      clock,
      network,
      anchor,
      gateway,
      url,
      observer,
      runtime,
      startGateway,
      makeGateway,
      mine,
      toBlockHash,
    },
    newestBeacon: () => toBlockHash(height),
    addNode,
    post,
    openSession,
    openSessionOf,
    toSessionRequest,
    sealBatch,
    sendBatch,
    toSignedBeat,
    sendSignedBeat,
    signTyped,
    makeBeat,
    async rows(text: string) {
      return (await pool.query(text)).rows;
    },
    async close() {
      for (const one of gateways) await one.close();
      await bus.close();
      await pool.end();
      await database.drop();
    },
  };

  /** Another gateway beside the first one, on the same database. */
  async function startGateway(more: Partial<GatewayOptions> = {}): Promise<{ gateway: Gateway; url: string }> {
    const one = makeGateway(more);
    gateways.push(one);
    return { gateway: one, url: await one.listen('127.0.0.1', 0) };
  }

  function makeGateway(more: Partial<GatewayOptions> = {}): Gateway {
    const base = { pool, bus, observer, networks: [network], log: silentLog, runtime };
    return createGateway({ ...base, ...given, ...more });
  }

  /** More blocks on top, and the gateways know them. */
  async function mine(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      height += 1;
      await pool.query('insert into block (chain_id, height, hash, parent_hash, time) values ($1, $2, $3, $4, $5)', [
        ...[chainId, height, toBytes(toBlockHash(height)), toBytes(toBlockHash(height - 1)), new Date(clock.ms)],
      ]);
    }
    for (const one of gateways) await one.refresh();
  }

  function toBlockHash(at: number): Hex {
    return keccak256(stringToBytes(`block ${at} of ${chainId}`));
  }

  /** Registers a provider and, where the protocol has nodes, a node of it. Its public id. */
  async function addNode(
    nativeId: string,
    more: { readonly provider?: string; readonly owner?: string; readonly time?: Date } = {},
  ): Promise<string> {
    const { provider = `0x${'77'.repeat(20)}`, owner = null, time = new Date(START_MS - 86_400_000) } = more;
    const { id } = network.definition;
    const isNode = network.definition.capabilities.nodes === true;
    const nativeProvider = isNode ? provider : nativeId;
    await pool.query(
      `insert into provider (id, network_id, chain_id, native_id, height, time, last_height, last_time, owner)
       values ($1, $2, $3, $4, 1, $5, 1, $5, $6) on conflict do nothing`,
      [`${id}:${nativeProvider}`, id, chainId, nativeProvider, time, owner],
    );
    if (!isNode) return `${id}:${nativeProvider}`;
    await pool.query(
      'insert into node (id, network_id, chain_id, native_id, height, time, provider_id) values ($1, $2, $3, $4, 1, $5, $6)',
      [`${id}:${nativeId}`, id, chainId, nativeId, time, `${id}:${nativeProvider}`],
    );
    return `${id}:${nativeId}`;
  }

  async function post(path: string, body: string | Buffer | object, more: PostOptions = {}): Promise<Answer> {
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const headers = { 'content-type': 'application/json', ...more.headers };
    return send(`${more.url ?? url}${path}`, { headers, body: bytes, localAddress: more.from });
  }

  function signTyped<T extends HeartbeatType>(
    account: PrivateKeyAccount,
    type: T,
    message: HeartbeatMessage<T>,
    domain: Anchor = anchor,
  ): Promise<Hex> {
    return account.signTypedData(toTypedData(domain, type, message) as never);
  }

  async function toSessionRequest(asked: {
    readonly account: PrivateKeyAccount;
    readonly nodes: readonly string[];
    readonly publicKey?: Hex;
    readonly validFrom?: number;
    readonly validTo?: number;
    readonly anchor?: Anchor;
  }) {
    const { account, nodes, publicKey = toHex(Buffer.alloc(32, 9)), anchor: domain = anchor } = asked;
    const now = Math.floor(clock.ms / 1_000);
    const { validFrom = now - 3_600, validTo = now + 86_400 } = asked;
    const node = account.address.toLowerCase() as Hex;
    const message = {
      node,
      ed25519Pub: publicKey,
      validFrom: BigInt(validFrom),
      validTo: BigInt(validTo),
      scope: nodes,
    };
    const signature = await signTyped(account, 'Delegate', message, domain);
    return { network: network.definition.id, account: node, publicKey, validFrom, validTo, nodes, signature };
  }

  async function openSession(
    asked: Omit<Parameters<typeof toSessionRequest>[0], 'publicKey'> &
      PostOptions & { readonly mac?: boolean; readonly changes?: object },
  ): Promise<TestSession> {
    return (await openSessionOf(asked)).session;
  }

  /** With the request, for who sends it again. */
  async function openSessionOf(asked: Parameters<typeof openSession>[0]) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const signed = await toSessionRequest({ ...asked, publicKey: toHex(raw) });
    const request = { ...(asked.mac ? proveMac(signed, privateKey) : signed), ...asked.changes };
    const answer = await post('/v1/sessions', request, asked);
    const { delegation, counter = 0 } = answer.body;
    const session: TestSession = { delegation, privateKey, answer, counter: counter + 1 };
    return { session, request };
  }

  function proveMac(request: Awaited<ReturnType<typeof toSessionRequest>>, privateKey: KeyObject) {
    const sentAt = Math.floor(clock.ms / 1_000);
    const text = Buffer.from(`computescan-mac-v1\n${request.signature}\n${sentAt}`);
    return { ...request, mac: true, macProof: { sentAt, signature: toHex(sign(null, text, privateKey)) } };
  }

  function makeBeat(more: Partial<Beat> = {}): Beat {
    const sentAt = more.sentAt ?? clock.ms;
    return { node: 0, slot: Math.floor(sentAt / 60_000), sentAt, ...more };
  }

  /** Takes a counter, unless one is given. */
  function sealBatch(session: TestSession, beats: readonly Beat[], changes: BatchChanges = {}) {
    const slots = beats.map(({ slot }) => slot);
    const envelope: Envelope = {
      delegation: session.delegation,
      counter: session.counter,
      firstSlot: Math.min(...slots),
      lastSlot: Math.max(...slots),
      beacon: toBlockHash(height),
      ...changes.envelope,
    };
    if (changes.envelope?.counter === undefined) session.counter += 1;
    const body = changes.body ?? JSON.stringify({ beats });
    const bytes = toSignedBytes(envelope, Buffer.from(body));
    const proof = changes.macSecret
      ? { [headerNames.mac]: toHex(createHmac('sha256', toBytes(changes.macSecret)).update(bytes).digest()) }
      : { [headerNames.signature]: toHex(sign(null, bytes, session.privateKey)) };
    const headers = Object.entries({ ...toHeaders(envelope), ...proof, ...changes.headers });
    const sent = headers.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { body, headers: Object.fromEntries(sent) };
  }

  async function sendBatch(session: TestSession, beats: readonly Beat[], changes: BatchChanges = {}): Promise<Answer> {
    const { body, headers } = sealBatch(session, beats, changes);
    return post(changes.path ?? '/v1/heartbeats', body, { headers, url: changes.url, from: changes.from });
  }

  /** The body of a request for a beat without a session. */
  async function toSignedBeat(account: PrivateKeyAccount, nodeId: string, changes: SignedBeatChanges = {}) {
    const beat = makeBeat(changes.beat);
    const body = changes.bodyText ?? JSON.stringify(beat);
    const message: HeartbeatMessage<'Heartbeat'> = {
      node: account.address.toLowerCase() as Hex,
      slot: BigInt(beat.slot),
      seq: 1n,
      sentAt: BigInt(Math.floor(beat.sentAt / 1_000)),
      beacon: toBlockHash(height),
      bodyHash: hashBody(body),
      ...changes.heartbeat,
    };
    const signed = changes.sign
      ? await changes.sign(message)
      : await signTyped(account, 'Heartbeat', message, changes.anchor ?? anchor);
    const { slot, seq, sentAt } = message;
    return {
      network: changes.network ?? network.definition.id,
      nodeId,
      heartbeat: { ...message, slot: Number(slot), seq: Number(seq), sentAt: Number(sentAt) },
      body: changes.sentBody ?? body,
      signature: changes.signature ? changes.signature(signed) : signed,
    };
  }

  async function sendSignedBeat(
    account: PrivateKeyAccount,
    nodeId: string,
    changes: SignedBeatChanges = {},
  ): Promise<Answer> {
    return post('/v1/heartbeats', await toSignedBeat(account, nodeId, changes), { from: changes.from });
  }
}

async function send(
  url: string,
  options: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Buffer;
    readonly localAddress?: string;
  },
): Promise<Answer> {
  const { headers, body, localAddress } = options;
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', headers, localAddress, agent }, async (response) => {
      try {
        const retryAfter = response.headers['retry-after'] ?? null;
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode ?? 0, retryAfter, body: JSON.parse(Buffer.concat(chunks).toString()) });
      } catch (thrown) {
        reject(thrown);
      }
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Connections are kept, as senders keep theirs. */
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** The same account for the same number. */
export function toAccount(number: number): PrivateKeyAccount {
  return privateKeyToAccount(`0x${number.toString(16).padStart(64, '0')}`);
}

/** Its address as the chain's tables have it. */
export function toNativeId(account: PrivateKeyAccount): Hex {
  return account.address.toLowerCase() as Hex;
}

/** Waits for what happens beside. */
export async function eventually(check: () => Promise<boolean> | boolean, seconds = 20): Promise<boolean> {
  for (let tries = 0; tries < seconds * 20; tries += 1) {
    if (await check()) return true;
    await sleep(50);
  }
  return false;
}
