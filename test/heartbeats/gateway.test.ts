import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { BusyError } from '../../indexer/telemetry/bus/TelemetryBus.js';
import { createPool } from '../../schema/database.js';
import { headerNames } from '../../schema/heartbeat/envelope.js';
import { type Hex, toHex } from '../../schema/lib/hex.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import {
  type Answer,
  eventually,
  type GatewayWorld,
  openGatewayWorld,
  SLOT,
  START_MS,
  type TestSession,
  toAccount,
  toNativeId,
} from './openGatewayWorld.js';

const MINUTE = 60_000;
const MAC_KEY = '5b'.repeat(32);

let world: GatewayWorld;
let lastAccount = 1_000;
beforeAll(async () => {
  world = await openGatewayWorld({ macKey: MAC_KEY });
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.ms = START_MS;
});

async function addSender(more: Parameters<GatewayWorld['addNode']>[1] = {}) {
  lastAccount += 1;
  const account = toAccount(lastAccount);
  return { account, id: await world.addNode(toNativeId(account), more) };
}

/** An account with so many nodes of its own, and a session for them. */
async function openFleet(count: number) {
  lastAccount += 1;
  const account = toAccount(lastAccount);
  const owner = toNativeId(account);
  const nodes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    nodes.push(await world.addNode(`rig-${lastAccount}-${index}`, { provider: owner }));
  }
  return { account, nodes, session: await world.openSession({ account, nodes }) };
}

const countsOf = ({ written, duplicate, late, refused }: Answer['body']) => [written, duplicate, late, refused];

describe('a session', () => {
  it('is opened, used, and its beats are stored', async () => {
    const { account, nodes, session } = await openFleet(3);
    expect(session.answer).toMatchObject({
      status: 200,
      body: { code: 'ACCEPTED', counter: 0, slotSeconds: 60, beacon: world.newestBeacon(), serverTime: START_MS },
    });
    const beats = [2, 0].map((node) => world.makeBeat({ node, rttUs: 5 + node }));
    const answer = await world.sendBatch(session, beats);
    expect(answer).toMatchObject({
      status: 200,
      body: { code: 'ACCEPTED', refusals: [], beacon: world.newestBeacon() },
    });
    expect(countsOf(answer.body)).toEqual([2, 0, 0, 0]);
    const stored = await world.rows(`
      select node_id, slot, rtt_us, sent_cs, received_cs, heartbeat.observer, kind, network_id from heartbeat
      join heartbeat_node using (node_key) join delegation using (delegation_key, network_id)
      where account = '\\x${toNativeId(account).slice(2)}' order by node_id`);
    const common = { slot: SLOT, sent_cs: 2_000, received_cs: 2_000, observer: world.observer, kind: 'session' };
    const network_id = world.network.definition.id;
    expect(stored).toEqual([
      { node_id: nodes[0], rtt_us: 5, network_id, ...common },
      { node_id: nodes[2], rtt_us: 7, network_id, ...common },
    ]);
  });

  it('is the same one when it is opened again, with the counter that was used last', async () => {
    const { account, id } = await addSender();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const request = await world.toSessionRequest({ account, nodes: [id], publicKey: toHex(raw) });
    const first = await world.post('/v1/sessions', request);
    const session: TestSession = { delegation: first.body.delegation, privateKey, answer: first, counter: 41 };
    expect((await world.sendBatch(session, [world.makeBeat()])).status).toBe(200);
    const other = await world.startGateway();
    for (const url of [world.url, other.url]) {
      const again = await world.post('/v1/sessions', request, { url });
      expect(again.body).toEqual({ ...first.body, counter: 41 });
    }
    expect(
      await world.rows(
        `select count(*)::int as count from delegation where account = '\\x${request.account.slice(2)}'`,
      ),
    ).toEqual([{ count: 1 }]);
  });

  it('spreads its nodes over the minute by their ids alone', async () => {
    const { account, nodes, session } = await openFleet(40);
    const { offsets } = session.answer.body as { offsets: number[] };
    expect(offsets).toHaveLength(40);
    expect(offsets.every((offset) => offset >= 0 && offset < 50_000)).toBe(true);
    expect(new Set(offsets.map((offset) => Math.floor(offset / 10_000))).size).toBe(5);
    const reversed = await world.openSession({ account, nodes: [...nodes].reverse() });
    expect(reversed.delegation).not.toBe(session.delegation);
    expect(reversed.answer.body.offsets).toEqual([...offsets].reverse());
  });

  it('is for the node, its provider and the owner of that, and for nobody else', async () => {
    const [node, provider, owner, stranger] = [1, 2, 3, 4].map((number) => toAccount(900 + number));
    if (!node || !provider || !owner || !stranger) throw new Error('Expected four accounts.');
    const id = await world.addNode(toNativeId(node), { provider: toNativeId(provider), owner: owner.address });
    for (const account of [node, provider, owner]) {
      expect((await world.openSession({ account, nodes: [id] })).answer.status).toBe(200);
    }
    const refused = await world.openSession({ account: stranger, nodes: [id] });
    expect(refused.answer).toMatchObject({
      status: 403,
      body: { code: 'UNAUTHORISED', next: 'reopen', message: expect.stringContaining(toNativeId(owner)) },
    });
    const { id: others } = await addSender({ provider: `0x${'88'.repeat(20)}` });
    expect((await world.openSession({ account: node, nodes: [id, others] })).answer.body.code).toBe('UNAUTHORISED');
    expect((await world.sendSignedBeat(stranger, id)).body.code).toBe('UNAUTHORISED');
    expect((await world.sendSignedBeat(owner, id)).body.code).toBe('ACCEPTED');
  });

  it('speaks no longer for a node that has gone to another provider', async () => {
    const { nodes, session } = await openFleet(2);
    await world.sendBatch(session, [world.makeBeat({ node: 0 })]);
    await world.pool.query('update node set provider_id = null where id = $1', [nodes[0]]);
    const { url } = await world.startGateway();
    world.clock.ms += MINUTE;
    const answer = await world.sendBatch(
      session,
      [0, 1].map((node) => world.makeBeat({ node })),
      { url },
    );
    expect(answer.body).toMatchObject({ code: 'ACCEPTED', refusals: [{ beat: 0, code: 'UNAUTHORISED' }] });
    expect(countsOf(answer.body)).toEqual([1, 0, 0, 1]);
    const alone = await world.sendBatch(session, [world.makeBeat({ node: 0 })], { url });
    expect(alone).toMatchObject({
      status: 403,
      body: { code: 'UNAUTHORISED', message: expect.stringContaining('any more') },
    });
  });

  it('names a provider where the protocol has no nodes', async () => {
    const livepeer = await openGatewayWorld({ network: 'livepeer-arbitrum' });
    try {
      const account = toAccount(77);
      const id = await livepeer.addNode(toNativeId(account));
      expect(id).toBe(`livepeer-arbitrum:${toNativeId(account)}`);
      const session = await livepeer.openSession({ account, nodes: [id] });
      expect((await livepeer.sendBatch(session, [livepeer.makeBeat()])).body).toMatchObject({ written: 1 });
      expect(await livepeer.rows('select node_id, provider_id from heartbeat_node')).toEqual([
        { node_id: id, provider_id: id },
      ]);
      expect((await livepeer.openSession({ account: toAccount(78), nodes: [id] })).answer.status).toBe(403);
    } finally {
      await livepeer.close();
    }
  });

  it.each<[string, object]>([
    ['no JSON', { toJSON: () => 'text' }],
    ['a list', []],
    ['an address too short', { account: '0x12' }],
    ['a key too long', { publicKey: `0x${'11'.repeat(33)}` }],
    ['a time that is no number', { validFrom: '0' }],
    ['a time below 0', { validTo: -1 }],
    ['no nodes', { nodes: [] }],
    ['a node twice', { nodes: ['a:b', 'a:b'] }],
    ['too many nodes', { nodes: Array.from({ length: 1_001 }, (_, index) => `a:${index}`) }],
    ['a node that is no text', { nodes: [7] }],
    ['no signature', { signature: undefined }],
    ['more than a year', { validTo: START_MS / 1_000 + 400 * 86_400 }],
    ['an end before its start', { validTo: 1 }],
    ['a field that nobody knows', { scope: [] }],
    ['a flag that is no flag', { mac: 'yes' }],
    ['an id with NUL', { nodes: ['compute-market-devnet:\0'] }],
    ['an id that nobody can read', { nodes: ['compute-market-devnet:\u202e1'] }],
    ['a network with NUL', { network: 'a\0' }],
    ['a field that objects inherit', { toString: 1 }],
  ])('is not opened with %s', async (_, changes) => {
    const { account, id } = await addSender();
    const request = await world.toSessionRequest({ account, nodes: [id] });
    const isWhole = Array.isArray(changes) || 'toJSON' in changes;
    const answer = await world.post('/v1/sessions', isWhole ? changes : { ...request, ...changes });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 'MALFORMED',
        next: 'drop',
        message: expect.stringMatching(/^Expected .+, got .+: .+\.$/),
        serverTime: START_MS,
      },
    });
  });

  it('is not opened for a time that is over, nor for a network that nobody serves here', async () => {
    const { account, id } = await addSender();
    const now = START_MS / 1_000;
    const over = await world.openSession({ account, nodes: [id], validFrom: now - 100, validTo: now });
    expect(over.answer).toMatchObject({ status: 403, body: { code: 'UNAUTHORISED' } });
    const elsewhere = await world.openSession({ account, nodes: [id], changes: { network: 'livepeer-arbitrum' } });
    expect(elsewhere.answer).toMatchObject({
      status: 404,
      body: { code: 'UNREGISTERED', message: expect.stringContaining('compute-market-devnet') },
    });
  });

  it('is one of a number that an account may open', async () => {
    const { account, id } = await addSender();
    const { url } = await world.startGateway({ limits: { openings: 3, openingsPerMinute: 0.06 } });
    const open = () => world.openSessionOf({ account, nodes: [id], url });
    const first = await open();
    // Whoever has seen the grant may send it as often as he likes: the account does not pay for it.
    for (let time = 0; time < 5; time += 1)
      expect((await world.post('/v1/sessions', first.request, { url })).status).toBe(200);
    const answers: Answer[] = [];
    for (let time = 0; time < 3; time += 1) answers.push((await open()).session.answer);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers.at(-1)).toMatchObject({ body: { code: 'RATE_LIMITED', next: 'retry' } });
    expect((await world.post('/v1/sessions', first.request, { url })).status).toBe(200);
    const { account: other, id: others } = await addSender();
    expect((await world.openSession({ account: other, nodes: [others], url })).answer.status).toBe(200);
    const keys = await world.rows(
      `select delegation_key as key from delegation where account = '\\x${toNativeId(account).slice(2)}' order by 1`,
    );
    expect(keys.map(({ key }) => key - keys[0].key)).toEqual([0, 1, 2]);
  });

  it('is looked at for its source, by the nodes that it names, as often as that may', async () => {
    const { account, nodes } = await openFleet(5);
    const limits = { requestedNodes: 40, requestedNodesPerSecond: 0.01 };
    const { url } = await world.startGateway({ limits });
    const { session, request } = await world.openSessionOf({ account, nodes, url });
    const again = async (from?: string) => (await world.post('/v1/sessions', request, { url, from })).body.code;
    expect([session.answer.body.code, await again(), await again(), await again()]).toEqual([
      ...Array(3).fill('ACCEPTED'),
      'RATE_LIMITED',
    ]);
    expect(await again('127.2.0.1')).toBe('ACCEPTED');
  });

  it('holds a thousand nodes', async () => {
    const { account, nodes, session } = await openFleet(2);
    const more = Array.from({ length: 998 }, (_, index) => `rig-${lastAccount}-more-${index}`);
    for (const one of more) nodes.push(await world.addNode(one, { provider: toNativeId(account) }));
    const large = await world.openSession({ account, nodes });
    expect(large.answer.body.offsets).toHaveLength(1_000);
    expect(large.delegation).not.toBe(session.delegation);
    const beats = Array.from({ length: 200 }, (_, index) => world.makeBeat({ node: 999 - index }));
    expect(countsOf((await world.sendBatch(large, beats)).body)).toEqual([200, 0, 0, 0]);
  });
});

describe('a session with a secret', () => {
  it('takes MACs in place of signatures', async () => {
    const { account, id } = await addSender();
    const session = await world.openSession({ account, nodes: [id], mac: true });
    const macSecret = session.answer.body.macSecret as Hex;
    expect(macSecret).toMatch(/^0x[0-9a-f]{64}$/);
    expect((await world.sendBatch(session, [world.makeBeat()], { macSecret })).body).toMatchObject({ written: 1 });
    const wrong = `0x${'12'.repeat(32)}` as const;
    expect((await world.sendBatch(session, [world.makeBeat()], { macSecret: wrong })).body.code).toBe('BAD_SIGNATURE');
    const both = { [headerNames.mac]: `0x${'12'.repeat(32)}` };
    expect((await world.sendBatch(session, [world.makeBeat()], { headers: both })).body.code).toBe('MALFORMED');
    const none = { [headerNames.signature]: undefined };
    expect((await world.sendBatch(session, [world.makeBeat()], { headers: none })).body.code).toBe('MALFORMED');
    // The key itself signs still.
    expect((await world.sendBatch(session, [world.makeBeat()])).body.code).toBe('DUPLICATE');
    const other = await world.startGateway();
    world.clock.ms += MINUTE;
    const elsewhere = await world.sendBatch(session, [world.makeBeat()], { macSecret, url: other.url });
    expect(elsewhere.body).toMatchObject({ code: 'ACCEPTED', written: 1 });
  });

  it('is not to be had by who has only seen the grant', async () => {
    const { account, id } = await addSender();
    const open = (changes: object) => world.openSession({ account, nodes: [id], mac: true, changes });
    const { privateKey } = generateKeyPairSync('ed25519');
    const sentAt = START_MS / 1_000;
    const forged = { sentAt, signature: toHex(sign(null, Buffer.from('computescan-mac-v1'), privateKey)) };
    expect((await open({ macProof: forged })).answer.body.code).toBe('BAD_SIGNATURE');
    expect((await open({ macProof: undefined })).answer.body).toMatchObject({
      code: 'MALFORMED',
      message: expect.stringContaining('macProof'),
    });
    expect((await open({ macProof: { ...forged, sentAt: sentAt - 121 } })).answer.body.code).toBe('MALFORMED');
    const plain = await world.openSession({ account, nodes: [id] });
    expect(plain.answer.body.macSecret).toBeUndefined();
    const macSecret = `0x${'12'.repeat(32)}` as const;
    const answer = await world.sendBatch(plain, [world.makeBeat()], { macSecret });
    expect(answer.body).toMatchObject({ code: 'BAD_SIGNATURE', message: expect.stringContaining('without mac') });
  });

  it('is not told where others may read it, nor where the operator has set no key', async () => {
    const { account, id } = await addSender();
    const open = (more: Parameters<GatewayWorld['openSession']>[0] | object) =>
      world.openSession({ account, nodes: [id], mac: true, ...more });
    const forwarded = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' };
    const unasked = await open({ headers: forwarded });
    expect(unasked.answer).toMatchObject({
      status: 415,
      body: { code: 'UNSUPPORTED', message: expect.stringContaining('TLS') },
    });
    const proxied = await world.startGateway({ trustProxy: true });
    expect((await open({ url: proxied.url, headers: forwarded })).answer.body.macSecret).toBeDefined();
    const plain = { ...forwarded, 'x-forwarded-proto': 'https, http' };
    expect((await open({ url: proxied.url, headers: plain })).answer.body.code).toBe('UNSUPPORTED');
    const keyless = await world.startGateway({ macKey: '' });
    const refused = await open({ url: keyless.url });
    expect(refused.answer.body).toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('HEARTBEAT_MAC_KEY'),
    });
  });
});

describe('a batch', () => {
  it('is counted beat by beat, and the counts add up', async () => {
    const { session } = await openFleet(6);
    const [previous, now] = [(SLOT - 1) * MINUTE + 30_000, START_MS + 15_000];
    await world.sendBatch(session, [world.makeBeat({ node: 1, jobs: 1 }), world.makeBeat({ node: 2, jobs: 1 })]);
    world.clock.ms = now;
    const beats = [
      world.makeBeat({ node: 0 }),
      world.makeBeat({ node: 1, jobs: 1, sentAt: START_MS }),
      world.makeBeat({ node: 2, jobs: 2, sentAt: START_MS }),
      world.makeBeat({ node: 3, sentAt: previous }),
      world.makeBeat({ node: 4, sentAt: now + 5_001 }),
      world.makeBeat({ node: 5, sentAt: START_MS, slot: SLOT - 1 }),
    ];
    const answer = await world.sendBatch(session, beats);
    expect(answer).toMatchObject({ status: 200, body: { code: 'ACCEPTED' } });
    expect(countsOf(answer.body)).toEqual([1, 1, 1, 3]);
    expect(answer.body.refusals).toEqual([
      { beat: 2, code: 'CONFLICT' },
      { beat: 3, code: 'LATE' },
      { beat: 4, code: 'FUTURE' },
      { beat: 5, code: 'SLOT_MISMATCH' },
    ]);
    const again = await world.sendBatch(session, beats, { envelope: { counter: 2 } });
    expect(again.body).toMatchObject({ code: 'DUPLICATE' });
    expect(countsOf(again.body)).toEqual([0, 4, 0, 2]);
  });

  it('of before the registration of its node is INELIGIBLE', async () => {
    const { account, id } = await addSender({ time: new Date(SLOT * MINUTE + 1_000) });
    const session = await world.openSession({ account, nodes: [id] });
    const early = await world.sendBatch(session, [world.makeBeat()]);
    expect(early).toMatchObject({ status: 422, body: { code: 'INELIGIBLE', counts: { refused: 1 } } });
    expect((await world.sendSignedBeat(account, id)).body.code).toBe('INELIGIBLE');
    world.clock.ms += MINUTE;
    expect((await world.sendBatch(session, [world.makeBeat()])).body.code).toBe('ACCEPTED');
  });

  it('bears a counter that no other one bore', async () => {
    const { session } = await openFleet(2);
    const envelope = { counter: 7 };
    await world.sendBatch(session, [world.makeBeat({ node: 0 })], { envelope });
    const other = await world.startGateway();
    for (const url of [world.url, other.url]) {
      const answer = await world.sendBatch(session, [world.makeBeat({ node: 1 })], { envelope, url });
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'CONFLICT', next: 'drop', counts: { refused: 1, written: 0 } },
      });
    }
    world.clock.ms += MINUTE;
    const later = await world.sendBatch(session, [world.makeBeat({ node: 0 })], { envelope });
    expect(later.body.code).toBe('CONFLICT');
  });

  it('may come out of order within 1,024 counters', async () => {
    const { session } = await openFleet(4);
    const at = (node: number, counter: number, url?: string) =>
      world.sendBatch(session, [world.makeBeat({ node })], { envelope: { counter }, url });
    expect((await at(0, 2_000)).body.code).toBe('ACCEPTED');
    expect((await at(1, 977)).body.code).toBe('ACCEPTED');
    const old = await at(2, 976);
    expect(old).toMatchObject({ status: 422, body: { code: 'STALE', counts: { refused: 1 } } });
    // Another gateway, or this one after a restart, knows the highest counter from the database.
    const other = await world.startGateway();
    expect((await at(2, 975, other.url)).body.code).toBe('STALE');
    world.clock.ms += MINUTE;
    expect((await at(3, 900, other.url)).body).toMatchObject({ code: 'SEQ_REGRESSION', written: 1 });
  });

  it('under no session is sent back to open one', async () => {
    const { session } = await openFleet(1);
    const envelope = { delegation: `0x${'0f'.repeat(16)}` as const };
    const answer = await world.sendBatch(session, [world.makeBeat()], { envelope });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNKNOWN_SESSION', next: 'reopen' } });
  });

  it('that cannot be read is MALFORMED, and says where', async () => {
    const { session } = await openFleet(2);
    const beat = JSON.stringify(world.makeBeat());
    const bodies: readonly [string, RegExp][] = [
      ['', /JSON/],
      ['{', /JSON/],
      ['{"beats":[]}', /1 to 1000 beats/],
      [`{"beats":[${beat},${beat}]}`, /one beat for a node and slot/],
      [`{"beats":[${beat.replace('"node":0', '"node":2')}]}`, /node from 0 to 1/],
      [`{"beats":[${beat.replace('}', ',"utilPermile":5}')}]}`, /known fields/],
    ];
    for (const [body, message] of bodies) {
      const answer = await world.sendBatch(session, [world.makeBeat()], { body });
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'MALFORMED', message: expect.stringMatching(message) },
      });
    }
    const headers: readonly [string, string | undefined][] = [
      [headerNames.counter, '0'],
      [headerNames.counter, undefined],
      [headerNames.slots, `${SLOT}-${SLOT + 4}`],
      [headerNames.slots, `${SLOT + 1}-${SLOT}`],
      [headerNames.beacon, '0x12'],
      [headerNames.delegation, undefined],
    ];
    for (const [name, value] of headers) {
      const answer = await world.sendBatch(session, [world.makeBeat()], { headers: { [name]: value } });
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'MALFORMED', message: expect.stringContaining(name) },
      });
    }
  });

  it('is put off while the bus is full or out of reach, and taken when it is sent again', async () => {
    const { session } = await openFleet(1);
    let failure: Error | undefined = new BusyError('Expected room.');
    const bus = {
      publish: async (batch: Parameters<typeof world.bus.publish>[0]) => {
        if (failure) throw failure;
        return world.bus.publish(batch);
      },
    };
    const { url, gateway } = await world.startGateway({ bus });
    const same = { url, envelope: { counter: 1 } };
    // More often than a node may beat: what was not taken does not count.
    for (let time = 0; time < 15; time += 1) {
      const answer = await world.sendBatch(session, [world.makeBeat()], same);
      expect(answer).toMatchObject({ status: 503, retryAfter: '1', body: { code: 'BUSY', next: 'retry' } });
    }
    failure = new Error('A bug.');
    expect(await world.sendBatch(session, [world.makeBeat()], same)).toMatchObject({
      status: 500,
      body: { code: 'INTERNAL', next: 'retry' },
    });
    failure = undefined;
    expect((await world.sendBatch(session, [world.makeBeat()], same)).body).toMatchObject({
      code: 'ACCEPTED',
      written: 1,
    });
    expect(gateway.counters()).toEqual({ BUSY: 15, INTERNAL: 1, ACCEPTED: 1 });
  });

  it('is put off while too many signatures wait, of its own kind only', async () => {
    const { account, nodes, session } = await openFleet(2);
    const none = { waitingChecks: 0, waitingStrangers: 0 };
    const keys = await world.startGateway({ limits: { activeChecks: 0, ...none } });
    const noAccounts = { activeRecoveries: 0, waitingRecoveries: 0, waitingStrangeRecoveries: 0 };
    const accounts = await world.startGateway({ limits: noAccounts });
    const busy = { status: 503, retryAfter: '1', body: { code: 'BUSY', next: 'retry' } };
    const same = { envelope: { counter: 1 } };
    const signed = await world.toSignedBeat(account, nodes[1] ?? '');
    expect(await world.sendBatch(session, [world.makeBeat()], { ...same, url: keys.url })).toMatchObject(busy);
    expect((await world.post('/v1/heartbeats', signed, { url: keys.url })).body).toMatchObject({ written: 1 });
    expect(await world.post('/v1/heartbeats', signed, { url: accounts.url })).toMatchObject(busy);
    expect((await world.openSession({ account, nodes, url: accounts.url, mac: true })).answer.status).toBe(503);
    const taken = await world.sendBatch(session, [world.makeBeat()], { ...same, url: accounts.url });
    expect(taken.body).toMatchObject({ code: 'ACCEPTED', written: 1 });
    for (const { url } of [keys, accounts]) {
      const response = await fetch(`${url}/health/ready`);
      expect([response.status, await response.json()]).toEqual([503, { ready: false, database: true, queue: false }]);
    }
    const noLookups = { activeLookups: 0, waitingLookups: 0, waitingSubjects: 0 };
    const seekers = await world.startGateway({ limits: noLookups });
    expect(await world.sendBatch(session, [world.makeBeat()], { url: seekers.url })).toMatchObject(busy);
    expect(await world.post('/v1/heartbeats', signed, { url: seekers.url })).toMatchObject(busy);
  });

  it('that is turned away before the bus hears of it is told to whoever judges whether the observer is alive', async () => {
    const { account, nodes } = await openFleet(1);
    const told: string[] = [];
    const alive = { take: () => void told.push('take'), refuse: () => void told.push('refuse') };
    const openAt = async (more: Parameters<GatewayWorld['startGateway']>[0], from?: string) => {
      const { url } = await world.startGateway({ alive, ...more });
      const session = await world.openSession({ account, nodes, url });
      told.length = 0;
      const send = async (counter: number) =>
        (await world.sendBatch(session, [world.makeBeat()], { url, from, envelope: { counter } })).body.code;
      return { url, send };
    };
    const full = { activeChecks: 0, waitingChecks: 0, waitingStrangers: 0 };
    expect(await (await openAt({ limits: full })).send(1)).toBe('BUSY');
    expect(told).toEqual(['refuse']);
    // What strangers fill is theirs.
    expect(await (await openAt({ limits: full }, '127.9.0.1')).send(1)).toBe('BUSY');
    expect(told).toEqual([]);
    // The bus counts what it refuses and takes.
    const bus = { publish: () => Promise.reject(new BusyError('Expected room.')) };
    expect(await (await openAt({ bus })).send(1)).toBe('BUSY');
    expect(told).toEqual([]);
    const { send } = await openAt({});
    expect([await send(1), await send(1)]).toEqual(['ACCEPTED', 'DUPLICATE']);
    expect(told).toEqual(['take']);
  });

  it('is put off when its sender floods the writer under ever new counters', async () => {
    const { session } = await openFleet(1);
    const codes: string[] = [];
    for (let jobs = 0; jobs < 14; jobs += 1)
      codes.push((await world.sendBatch(session, [world.makeBeat({ jobs })])).body.code);
    expect(codes.slice(0, 10)).toEqual(['ACCEPTED', ...Array(9).fill('CONFLICT')]);
    expect(codes.at(-1)).toBe('RATE_LIMITED');
  });
});

describe('a beat that an account signs', () => {
  it('is not refused because somebody asked for its node under another network', async () => {
    const { account, id } = await addSender();
    const { url } = await world.startGateway({ networks: [world.network, getNetwork('livepeer-arbitrum')] });
    const signed = await world.toSignedBeat(account, id);
    const elsewhere = await world.post('/v1/heartbeats', { ...signed, network: 'livepeer-arbitrum' }, { url });
    expect(elsewhere.body.code).toBe('UNREGISTERED');
    expect((await world.post('/v1/heartbeats', signed, { url })).body).toMatchObject({ code: 'ACCEPTED', written: 1 });
    const again = await world.post('/v1/heartbeats', { ...signed, network: 'livepeer-arbitrum' }, { url });
    expect(again.body.code).toBe('UNREGISTERED');
  });
});

describe('requests that are made to break the gateway', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  it('are MALFORMED, not a failure of ours', async () => {
    const { account, id } = await addSender();
    const signed = await world.toSignedBeat(account, id);
    const text = JSON.stringify(signed);
    const request = JSON.stringify(await world.toSessionRequest({ account, nodes: [id] }));
    const notice = { network: world.network.definition.id, account: toNativeId(account), nodes: [id], signature: '0x' };
    const inner = (body: string) => JSON.stringify({ ...signed, body });
    const requests: readonly [string, string][] = [
      ['/v1/sessions', deep],
      ['/v1/sessions', request.replace(/"nodes":\[[^\]]*\]/, `"nodes":[${deep}]`)],
      ['/v1/sessions', request.replace(/"validTo":\d+/, `"validTo":${deep}`)],
      ['/v1/sessions', request.replace('{', '{"__proto__":{"mac":true},')],
      ['/v1/revocations', deep],
      ['/v1/maintenance', deep],
      ['/v1/maintenance', JSON.stringify({ ...notice, startsAt: 253_402_300_740, endsAt: 253_402_300_799 })],
      ['/v1/heartbeats', deep],
      ['/v1/heartbeats', text.replace(/"seq":1/, `"seq":${deep}`)],
      ['/v1/heartbeats', JSON.stringify({ ...signed, nodeId: `${id}\0` })],
      ['/v1/heartbeats', inner(deep)],
      ['/v1/heartbeats', inner('{"node":0,"slot":{"toString":1},"sentAt":1}')],
      ['/v1/heartbeats', inner(`{"node":0,"slot":${deep},"sentAt":1}`)],
    ];
    for (const [path, body] of requests) {
      const answer = await world.post(path, body);
      expect([path, body.slice(0, 60), answer.status, answer.body.code]).toEqual([
        ...[path, body.slice(0, 60), 400, 'MALFORMED'],
      ]);
    }
  });
});

describe('a revocation', () => {
  async function toRequest(account: ReturnType<typeof toAccount>, delegation: Hex, revokedAt: number) {
    const node = toNativeId(account);
    const signature = await world.signTyped(account, 'Revoke', { node, delegation, revokedAt: BigInt(revokedAt) });
    return { network: world.network.definition.id, account: node, delegation, revokedAt, signature };
  }

  it('is made by the key itself', async () => {
    const { account, session } = await openFleet(1);
    const revokedAt = START_MS / 1_000;
    const text = Buffer.from(`computescan-revoke-v1\n${session.delegation}\n${revokedAt}`);
    const request = {
      ...{
        network: world.network.definition.id,
        account: toNativeId(account),
        delegation: session.delegation,
        revokedAt,
      },
      signature: toHex(sign(null, text, session.privateKey)),
    };
    expect((await world.post('/v1/revocations', { ...request, revokedAt: revokedAt + 1 })).body.code).toBe(
      'BAD_SIGNATURE',
    );
    expect(await world.post('/v1/revocations', request)).toMatchObject({
      status: 200,
      body: { code: 'ACCEPTED', revokedAt },
    });
    expect((await world.sendBatch(session, [world.makeBeat()])).body).toMatchObject({ code: 'UNAUTHORISED' });
  });

  it('is made by nobody else', async () => {
    const { account, session } = await openFleet(1);
    const stranger = toAccount(31);
    const now = START_MS / 1_000;
    expect((await world.post('/v1/revocations', await toRequest(stranger, session.delegation, now))).body.code).toBe(
      'UNAUTHORISED',
    );
    const forged = { ...(await toRequest(stranger, session.delegation, now)), account: toNativeId(account) };
    expect((await world.post('/v1/revocations', forged)).body.code).toBe('BAD_SIGNATURE');
    const unknown = await toRequest(account, `0x${'0e'.repeat(16)}`, now);
    expect(await world.post('/v1/revocations', unknown)).toMatchObject({ status: 404, body: { code: 'UNREGISTERED' } });
    expect((await world.sendBatch(session, [world.makeBeat()])).body.code).toBe('ACCEPTED');
  });

  it('reaches back no further than beats do, and is never put off', async () => {
    const { account, session } = await openFleet(1);
    const now = START_MS / 1_000;
    const revoke = async (at: number) =>
      (await world.post('/v1/revocations', await toRequest(account, session.delegation, at))).body.revokedAt;
    expect(await revoke(now + 3_600)).toBe(now + 3_600);
    expect((await world.sendBatch(session, [world.makeBeat()])).body.code).toBe('ACCEPTED');
    expect(await revoke(now - 86_400)).toBe(now - 120);
    expect(await revoke(now + 3_600)).toBe(now - 120);
  });

  it('is of a time within the grant, and is known elsewhere before it comes', async () => {
    const { account, session } = await openFleet(1);
    const now = START_MS / 1_000;
    const other = await world.startGateway();
    const send = () => world.sendBatch(session, [world.makeBeat()], { url: other.url });
    expect((await send()).body.code).toBe('ACCEPTED');
    const far = await world.post('/v1/revocations', await toRequest(account, session.delegation, now + 10 * 86_400));
    expect(far.body.revokedAt).toBe(now + 86_400);
    await world.post('/v1/revocations', await toRequest(account, session.delegation, now + 7_200));
    world.clock.ms += 7_000_000;
    await other.gateway.refresh();
    expect((await send()).body.code).toBe('ACCEPTED');
    world.clock.ms = START_MS + 7_200_000;
    expect((await send()).body.code).toBe('UNAUTHORISED');
  });

  it('ends the grant: it opens nothing any more', async () => {
    const { account, id } = await addSender();
    const request = await world.toSessionRequest({ account, nodes: [id] });
    const { body } = await world.post('/v1/sessions', request);
    await world.post('/v1/revocations', await toRequest(account, body.delegation, START_MS / 1_000));
    expect(await world.post('/v1/sessions', request)).toMatchObject({
      status: 403,
      body: { code: 'UNAUTHORISED', message: expect.stringContaining('revoked') },
    });
    // To send it again and again is a failure like any other.
    const { url } = await world.startGateway({ limits: { failures: 2, failuresPerSecond: 0.001 } });
    const codes: string[] = [];
    for (let time = 0; time < 3; time += 1) codes.push((await world.post('/v1/sessions', request, { url })).body.code);
    expect(codes).toEqual(['UNAUTHORISED', 'UNAUTHORISED', 'RATE_LIMITED']);
  });
});

describe('a notice of maintenance', () => {
  const soonest = Math.ceil(START_MS / MINUTE) * 60 + 86_400;

  async function announce(
    account: ReturnType<typeof toAccount>,
    notice: { readonly nodes: readonly string[]; readonly startsAt: number; readonly endsAt: number },
  ): Promise<Answer> {
    const { nodes, startsAt, endsAt } = notice;
    const node = toNativeId(account);
    const message = { node, scope: nodes, startsAt: BigInt(startsAt), endsAt: BigInt(endsAt) };
    const signature = await world.signTyped(account, 'Maintenance', message);
    return world.post('/v1/maintenance', { network: world.network.definition.id, account: node, ...notice, signature });
  }

  it('is kept for each node, once', async () => {
    const { account, nodes } = await openFleet(2);
    const notice = { nodes, startsAt: soonest, endsAt: soonest + 3_600 };
    expect(await announce(account, notice)).toMatchObject({
      status: 200,
      body: { code: 'ACCEPTED', nodes: 2, startsAt: soonest, endsAt: soonest + 3_600 },
    });
    world.clock.ms += 7_200_000;
    expect((await announce(account, notice)).body.code).toBe('DUPLICATE');
    const kept = await world.rows(`
      select from_slot, to_slot, received_at from maintenance_notice where account = '\\x${toNativeId(account).slice(2)}'`);
    const one = { from_slot: soonest / 60, to_slot: soonest / 60 + 60, received_at: new Date(START_MS) };
    expect(kept).toEqual([one, one]);
  });

  it('comes a day ahead, on whole minutes, and is no longer than it may be', async () => {
    const { account, nodes } = await openFleet(1);
    const from = (startsAt: number, seconds: number) =>
      announce(account, { nodes, startsAt, endsAt: startsAt + seconds });
    expect(await from(soonest - 60, 600)).toMatchObject({ status: 422, body: { code: 'TOO_SOON', next: 'drop' } });
    expect((await from(soonest + 1, 600)).body.code).toBe('MALFORMED');
    expect((await from(soonest, 90)).body.code).toBe('MALFORMED');
    expect((await from(soonest, 0)).body.code).toBe('MALFORMED');
    expect(await from(soonest, 8 * 3_600 + 60)).toMatchObject({ status: 422, body: { code: 'LIMIT' } });
    expect((await from(soonest, 8 * 3_600)).body.code).toBe('ACCEPTED');
    expect((await from(soonest + 29 * 86_400, 60)).body.code).toBe('LIMIT');
    expect((await from(soonest + 30 * 86_400, 8 * 3_600)).body.code).toBe('ACCEPTED');
  });

  it('is one of a number within thirty days, and none where all of it is announced', async () => {
    const { account, nodes } = await openFleet(1);
    const at = async (minute: number, minutes = 1) =>
      (
        await announce(account, {
          ...{ nodes, startsAt: soonest + minute * 60, endsAt: soonest + (minute + minutes) * 60 },
        })
      ).body.code;
    expect(await at(0, 10)).toBe('ACCEPTED');
    expect(await at(10, 10)).toBe('ACCEPTED');
    for (let minute = 0; minute < 20; minute += 1) expect(await at(minute)).toBe('DUPLICATE');
    expect(await at(5, 10)).toBe('DUPLICATE');
    for (let more = 2; more < 20; more += 1) expect(await at(more * 20)).toBe('ACCEPTED');
    expect(await at(1_000)).toBe('LIMIT');
    expect(await at(15, 10)).toBe('LIMIT');
    expect(await at(31 * 1_440)).toBe('ACCEPTED');
    const rows = await world.rows(
      `select from maintenance_notice where account = '\\x${toNativeId(account).slice(2)}'`,
    );
    expect(rows).toHaveLength(21);
  });

  it('is of nodes that its signer may speak for, all or none of them', async () => {
    const { account, nodes } = await openFleet(1);
    const { id } = await addSender({ provider: `0x${'99'.repeat(20)}` });
    const notice = { nodes: [...nodes, id], startsAt: soonest, endsAt: soonest + 60 };
    expect((await announce(account, notice)).body.code).toBe('UNAUTHORISED');
    expect((await announce(account, { ...notice, nodes: [`${id}0`] })).body.code).toBe('UNREGISTERED');
    expect(
      await world.rows(`select from maintenance_notice where account = '\\x${toNativeId(account).slice(2)}'`),
    ).toEqual([]);
  });

  it('cannot be doubled by two at once', async () => {
    const { account, nodes } = await openFleet(1);
    const starts = [0, 1, 2, 3].map((day) => soonest + day * 86_400);
    const answers = await Promise.all(
      starts.map((startsAt) => announce(account, { nodes, startsAt, endsAt: startsAt + 4 * 3_600 })),
    );
    expect(answers.map(({ body }) => body.code).sort()).toEqual(['ACCEPTED', 'ACCEPTED', 'LIMIT', 'LIMIT']);
  });
});

describe('the gateway', () => {
  it('tells the newest block, and lets go of blocks that a reorg replaced', async () => {
    const { id, chainId } = world.network.definition;
    const ask = async (path: string) => {
      const response = await fetch(`${world.url}${path}`);
      return { status: response.status, body: await response.json() };
    };
    expect(await ask(`/v1/beacon?network=${id}`)).toEqual({
      status: 200,
      body: {
        code: 'ACCEPTED',
        network: id,
        chainId,
        height: 1_199,
        beacon: world.newestBeacon(),
        slotSeconds: 60,
        serverTime: START_MS,
      },
    });
    expect(await ask('/v1/beacon?network=nowhere')).toMatchObject({ status: 404, body: { code: 'UNREGISTERED' } });
    expect(await ask('/v1/beacon')).toMatchObject({ status: 404 });
    const { session } = await openFleet(1);
    const beacon = world.newestBeacon();
    const fork = `0x${'f0'.repeat(32)}` as const;
    await world.pool.query('update block set hash = $1 where height = 1199', [Buffer.from(fork.slice(2), 'hex')]);
    await world.gateway.refresh();
    const replaced = await world.sendBatch(session, [world.makeBeat()], { envelope: { beacon } });
    expect(replaced).toMatchObject({ status: 409, body: { code: 'BEACON_UNKNOWN', next: 'resign', beacon: fork } });
    expect((await world.sendBatch(session, [world.makeBeat()], { envelope: { beacon: fork } })).body.code).toBe(
      'ACCEPTED',
    );
    await world.pool.query('update block set hash = $1 where height = 1199', [Buffer.from(beacon.slice(2), 'hex')]);
    await world.gateway.refresh();
  });

  it('keeps the newest block, though a look at the chain that began earlier ends later', async () => {
    const held = { until: Promise.resolve(), onRead: () => {} };
    const slow = {
      query: async (...given: [string, unknown[]]) => {
        const { until, onRead } = held;
        const answer = await world.pool.query(...given);
        onRead();
        await until;
        return answer;
      },
    };
    const gateway = world.makeGateway({ pool: slow as unknown as GatewayWorld['pool'] });
    await gateway.refresh();
    let release = () => {};
    held.until = new Promise((resolve) => {
      release = resolve;
    });
    const read = new Promise<void>((resolve) => {
      held.onRead = resolve;
    });
    const earlier = gateway.refresh();
    await read;
    held.until = Promise.resolve();
    await world.mine(1);
    const later = gateway.refresh();
    await Promise.race([later, new Promise((resolve) => setTimeout(resolve, 200))]);
    release();
    await Promise.all([earlier, later]);
    // Not by `listen` of its own, which looks at the chain once more.
    const origin = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${origin}/v1/beacon?network=${world.network.definition.id}`);
    expect(await answer.json()).toMatchObject({ beacon: world.newestBeacon() });
    await gateway.close();
  });

  it('says that it lives and whether it is ready', async () => {
    const ask = async (url: string, path: string) => {
      const response = await fetch(`${url}${path}`);
      return [response.status, await response.json()];
    };
    expect(await ask(world.url, '/health/live')).toEqual([200, { live: true }]);
    expect(await ask(world.url, '/health/ready')).toEqual([200, { ready: true, database: true, queue: true }]);
    const gone = createPool('postgres://nobody@127.0.0.1:1/nowhere', { role: 'test', connectionTimeoutMillis: 1_000 });
    const gateway = world.makeGateway({ pool: gone });
    const url = await gateway.listen('127.0.0.1', 0);
    expect(await ask(url, '/health/live')).toEqual([200, { live: true }]);
    expect(await ask(url, '/health/ready')).toEqual([503, { ready: false, database: false, queue: true }]);
    const { session } = await openFleet(1);
    expect(await world.sendBatch(session, [world.makeBeat()], { url })).toMatchObject({
      status: 503,
      retryAfter: '1',
      body: { code: 'BUSY', next: 'retry' },
    });
    await gateway.close();
    await gone.end();
  });

  it('has no other paths', async () => {
    for (const [method, path] of [
      ['GET', '/v1/heartbeats'],
      ['PUT', '/v1/sessions'],
      ['GET', '/'],
    ] as const) {
      const response = await fetch(`${world.url}${path}`, { method });
      const { code } = (await response.json()) as { code: string };
      expect([response.status, code]).toEqual([404, 'MALFORMED']);
    }
  });

  it('answers what it has taken before it ends, and has stored all of that', async () => {
    const { nodes, session } = await openFleet(40);
    const { url, gateway } = await world.startGateway();
    let closing: Promise<void> | undefined;
    const sent = nodes.map(async (_, node) => {
      const answer = await world.sendBatch(session, [world.makeBeat({ node })], { url }).catch(() => undefined);
      closing ??= gateway.close();
      return answer;
    });
    const answers = await Promise.all(sent);
    await closing;
    const taken = answers.filter((answer) => answer?.status === 200);
    expect(taken.length).toBeGreaterThan(0);
    const [{ count }] = (await world.rows(
      `select count(*)::int as count from heartbeat join heartbeat_node using (node_key) where node_id like '%:rig-${lastAccount}-%'`,
    )) as [{ count: number }];
    expect(count).toBeGreaterThanOrEqual(taken.length);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });

  it('asks the database whether it is there once in a second, however many want to know', async () => {
    let asked = 0;
    const clock = { ms: 0 };
    const pool = {
      query: async (text: string) => {
        if (text === 'select 1') asked += 1;
        return { rows: [] };
      },
    } as unknown as typeof world.pool;
    const gateway = world.makeGateway({ pool, runtime: { ...world.runtime, now: () => clock.ms } });
    const url = await gateway.listen('127.0.0.1', 0);
    const ask = async () => (await fetch(`${url}/health/ready`)).json();
    await Promise.all([ask(), ask(), ask()]);
    clock.ms = 999;
    await ask();
    expect(asked).toBe(1);
    clock.ms = 1_000;
    expect(await ask()).toEqual({ ready: true, database: true, queue: true });
    expect(asked).toBe(2);
    await gateway.close();
  });

  it('takes no more connections than it may', async () => {
    const { url, gateway } = await world.startGateway({ limits: { connections: 1 } });
    expect(gateway.app.server.maxConnections).toBe(1);
    const { port } = new URL(url);
    const first = connect(Number(port), '127.0.0.1');
    await once(first, 'connect');
    const second = connect(Number(port), '127.0.0.1');
    second.on('error', () => undefined);
    await once(second, 'close');
    expect(first.destroyed).toBe(false);
    first.destroy();
  });

  it("says what is wrong with an address that is not this machine's, or not to be had", async () => {
    const foreign = world.makeGateway();
    await expect(foreign.listen('192.0.2.1', 0)).rejects.toThrow(/192\.0\.2\.1 .* HEARTBEAT_HOST/);
    await foreign.close();
    const locked = world.makeGateway();
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' });
    locked.app.listen = () => Promise.reject(denied);
    await expect(locked.listen('127.0.0.1', 80)).rejects.toThrow(/port 80 .* HEARTBEAT_PORT to 1024/);
    await locked.close();
  });

  it('does not start where something listens', async () => {
    const port = Number(new URL(world.url).port);
    const { gateway } = await world.startGateway();
    await gateway.close();
    const second = world.makeGateway();
    await expect(second.listen('127.0.0.1', port)).rejects.toThrow(/Expected port \d+ .* HEARTBEAT_PORT/);
    await second.close();
  });

  it('finds sessions that other gateways opened a moment ago', async () => {
    const other = await world.startGateway();
    const { session } = await openFleet(1);
    const found = await eventually(async () => {
      const { body } = await world.sendBatch(session, [world.makeBeat()], { url: other.url });
      return body.code === 'ACCEPTED';
    });
    expect(found).toBe(true);
  });

  it('forgets sessions that nobody uses, and finds them again', async () => {
    const { url, gateway } = await world.startGateway({ limits: { sessions: 1 } });
    const fleets = [await openFleet(1), await openFleet(1), await openFleet(1)];
    for (let minute = 0; minute < 2; minute += 1) {
      for (const { session } of fleets) {
        expect((await world.sendBatch(session, [world.makeBeat()], { url })).body.code).toBe('ACCEPTED');
      }
      await gateway.refresh();
      world.clock.ms += MINUTE;
    }
  });

  it('knows a batch that it has taken, however many blocks came while its answer was lost', async () => {
    const { account, nodes, session } = await openFleet(2);
    const envelope = { counter: 1, beacon: world.newestBeacon() };
    const beats = [world.makeBeat()];
    const signed = await world.toSignedBeat(account, nodes[1] ?? '');
    expect((await world.sendBatch(session, beats, { envelope })).body.code).toBe('ACCEPTED');
    expect((await world.post('/v1/heartbeats', signed)).body.code).toBe('ACCEPTED');
    await world.mine(129);
    expect((await world.sendBatch(session, beats, { envelope })).body).toMatchObject({
      code: 'DUPLICATE',
      duplicate: 1,
    });
    expect((await world.post('/v1/heartbeats', signed)).body).toMatchObject({ code: 'DUPLICATE', duplicate: 1 });
    const other = await world.sendBatch(session, beats, { envelope: { ...envelope, counter: 2 } });
    expect(other.body.code).toBe('BEACON_OLD');
  });

  it('tells blocks that have grown old from blocks that nobody knows', async () => {
    const { session } = await openFleet(1);
    const beacon = world.newestBeacon();
    const send = async () => (await world.sendBatch(session, [world.makeBeat()], { envelope: { beacon } })).body.code;
    await world.mine(128);
    expect(await send()).toBe('ACCEPTED');
    await world.mine(1);
    expect(await send()).toBe('BEACON_OLD');
    // Beyond what is read again each second.
    await world.mine(600);
    expect(await send()).toBe('BEACON_OLD');
    await world.pool.query('delete from block');
    await world.gateway.refresh();
    const heard: string[] = [];
    const alive = { take: () => undefined, refuse: () => void heard.push('refuse') };
    const blind = await world.startGateway({ alive });
    const told = await world.sendBatch(session, [world.makeBeat()], { url: blind.url });
    expect([told.body.code, heard]).toEqual(['BUSY', ['refuse']]);
    expect(await world.sendBatch(session, [world.makeBeat()])).toMatchObject({
      status: 503,
      retryAfter: '10',
      body: { code: 'BUSY' },
    });
  });
});
