import { readFileSync } from 'node:fs';
import { hashTypedData, keccak256, stringToBytes } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { parseAccountSignature } from '../../indexer/telemetry/gateway/parseAccountSignature.js';
import { headerNames, MAX_BODY_BYTES } from '../../schema/heartbeat/envelope.js';
import { hashMessage } from '../../schema/heartbeat/typedData.js';
import { verdicts } from '../../schema/heartbeat/verdicts.js';
import type { Hex } from '../../schema/lib/hex.js';
import { recoverSigner } from '../../schema/lib/recoverSigner.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';
import {
  type Answer,
  FIRST_HEIGHT,
  type GatewayWorld,
  openGatewayWorld,
  START_MS,
  toAccount,
  toNativeId,
} from './openGatewayWorld.js';

const file = '../oracles/metric-oracles.json';
const ORDER = 0xffffffff_ffffffff_ffffffff_fffffffe_baaedce6_af48a03b_bfd25e8c_d0364141n;
const elsewhere = `0x${'22'.repeat(20)}` as const;

let world: GatewayWorld;
let lastAccount = 100;
beforeAll(async () => {
  world = await openGatewayWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.ms = START_MS;
});

/** A node of its own for each case. */
async function addSender(): Promise<{ readonly account: PrivateKeyAccount; readonly id: string }> {
  lastAccount += 1;
  const account = toAccount(lastAccount);
  return { account, id: await world.addNode(toNativeId(account)) };
}

async function openOne(validFrom?: number) {
  const { account, id } = await addSender();
  return { account, id, session: await world.openSession({ account, nodes: [id], validFrom }) };
}

/** The other signature of the same by the same key. */
function toTwin(signature: Hex): Hex {
  const s = ORDER - BigInt(`0x${signature.slice(66, 130)}`);
  const v = signature.slice(130) === '1b' ? '1c' : '1b';
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}${v}` as Hex;
}

function withWord(signature: Hex, word: 'r' | 's', value: bigint): Hex {
  const digits = value.toString(16).padStart(64, '0');
  return (
    word === 'r' ? `0x${digits}${signature.slice(66)}` : `${signature.slice(0, 66)}${digits}${signature.slice(130)}`
  ) as Hex;
}

const toOldV = (signature: Hex) => `${signature.slice(0, 130)}${signature.endsWith('1b') ? '00' : '01'}` as Hex;
const minute = 60_000;

/** What a case has to say: the last answer is the one that counts. */
type Play = () => Promise<readonly Answer[]>;

/** Beats that an account signs one by one. */
const signedBeats: Readonly<Record<string, Play>> = {
  async valid() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, id)];
  },
  async 'same (node,slot) again, same body'() {
    const { account, id } = await addSender();
    const request = await world.toSignedBeat(account, id);
    return [await world.post('/v1/heartbeats', request), await world.post('/v1/heartbeats', request)];
  },
  async 'same (node,slot), other body'() {
    const { account, id } = await addSender();
    const first = await world.sendSignedBeat(account, id, { beat: { jobs: 1 } });
    return [first, await world.sendSignedBeat(account, id, { beat: { jobs: 2 }, heartbeat: { seq: 2n } })];
  },
  async 'same beat with high-s twin signature'() {
    const { account, id } = await addSender();
    const first = await world.sendSignedBeat(account, id);
    return [first, await world.sendSignedBeat(account, id, { signature: toTwin })];
  },
  async 'other chainId in the domain'() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, id, { anchor: { ...world.anchor, chainId: 1 } })];
  },
  async 'other verifyingContract in the domain'() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, id, { anchor: { ...world.anchor, verifyingContract: elsewhere } })];
  },
  async 'EIP-191 personal_sign of the same text'() {
    const { account, id } = await addSender();
    const sign = (message: Parameters<typeof hashMessage<'Heartbeat'>>[2]) =>
      account.signMessage({ message: { raw: hashMessage(world.anchor, 'Heartbeat', message) } });
    return [await world.sendSignedBeat(account, id, { sign })];
  },
  async 'seq <= last seq, newer slot'() {
    const { account, id } = await addSender();
    const first = await world.sendSignedBeat(account, id, { heartbeat: { seq: 5n } });
    world.clock.ms += minute;
    return [first, await world.sendSignedBeat(account, id, { heartbeat: { seq: 3n } })];
  },
  async 'sentAt 6 s ahead'() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, id, { beat: { sentAt: world.clock.ms + 6_000 } })];
  },
  async 'sentAt 121 s old'() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, id, { beat: { sentAt: world.clock.ms - 121_000 } })];
  },
  async 'beacon block older than 128 blocks'() {
    const { account, id } = await addSender();
    const at = (lag: number) => ({
      heartbeat: { beacon: world.toBlockHash(FIRST_HEIGHT + 199 - lag), seq: BigInt(lag) },
    });
    const oldest = await world.sendSignedBeat(account, id, at(128));
    expect(oldest.body).toMatchObject({ code: 'ACCEPTED' });
    return [await world.sendSignedBeat(account, id, at(129))];
  },
  async 'beacon hash not canonical'() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, id, { heartbeat: { beacon: keccak256(stringToBytes('a fork')) } })];
  },
  async 'node not registered'() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, `${id.slice(0, -2)}00`)];
  },
  async 'body 65537 bytes'() {
    const { account, id } = await addSender();
    const request = JSON.stringify(await world.toSignedBeat(account, id));
    return [await world.post('/v1/heartbeats', request.padEnd(MAX_BODY_BYTES + 1))];
  },
  async 'signature 64 or 66 bytes'() {
    const { account, id } = await addSender();
    const short = await world.sendSignedBeat(account, id, { signature: (given) => given.slice(0, 130) as Hex });
    expect(short.body.code).toBe('BAD_SIGNATURE');
    return [await world.sendSignedBeat(account, id, { signature: (given) => `${given}00` })];
  },
  async 'v = 0/1'() {
    const { account, id } = await addSender();
    return [await world.sendSignedBeat(account, id, { signature: toOldV })];
  },
  async 'r or s = 0 or >= n'() {
    const { account, id } = await addSender();
    const answers: Answer[] = [];
    for (const word of ['r', 's'] as const) {
      for (const value of [0n, ORDER, ORDER + 1n, 2n ** 256n - 1n]) {
        answers.push(await world.sendSignedBeat(account, id, { signature: (given) => withWord(given, word, value) }));
      }
    }
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['BAD_SIGNATURE']));
    return answers.slice(-1);
  },
};

/** The same through a session: its grant where the account's signature is at stake, its batches otherwise. */
const sessions: Readonly<Record<string, Play>> = {
  async valid() {
    const { session } = await openOne();
    return [await world.sendBatch(session, [world.makeBeat()])];
  },
  async 'same (node,slot) again, same body'() {
    const { session } = await openOne();
    const same = { envelope: { counter: 1 } };
    return [
      await world.sendBatch(session, [world.makeBeat()], same),
      await world.sendBatch(session, [world.makeBeat()], same),
    ];
  },
  async 'same (node,slot), other body'() {
    const { session } = await openOne();
    const first = await world.sendBatch(session, [world.makeBeat({ jobs: 1 })]);
    return [first, await world.sendBatch(session, [world.makeBeat({ jobs: 2 })])];
  },
  async 'same beat with high-s twin signature'() {
    return open((request) => ({ ...request, signature: toTwin(request.signature) }));
  },
  async 'other chainId in the domain'() {
    const { account, id } = await addSender();
    const anchor = { ...world.anchor, chainId: 1 };
    return [(await world.openSession({ account, nodes: [id], anchor })).answer];
  },
  async 'other verifyingContract in the domain'() {
    const { account, id } = await addSender();
    const anchor = { ...world.anchor, verifyingContract: elsewhere };
    return [(await world.openSession({ account, nodes: [id], anchor })).answer];
  },
  async 'EIP-191 personal_sign of the same text'() {
    const { account, id } = await addSender();
    const request = await world.toSessionRequest({ account, nodes: [id] });
    const message = {
      ...{ node: request.account, ed25519Pub: request.publicKey, scope: request.nodes },
      ...{ validFrom: BigInt(request.validFrom), validTo: BigInt(request.validTo) },
    };
    const raw = hashMessage(world.anchor, 'Delegate', message);
    return [
      await world.post('/v1/sessions', { ...request, signature: await account.signMessage({ message: { raw } }) }),
    ];
  },
  async 'seq <= last seq, newer slot'() {
    const { session } = await openOne();
    const first = await world.sendBatch(session, [world.makeBeat()], { envelope: { counter: 50 } });
    world.clock.ms += minute;
    return [first, await world.sendBatch(session, [world.makeBeat()], { envelope: { counter: 7 } })];
  },
  async 'sentAt 6 s ahead'() {
    const { session } = await openOne();
    return [await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms + 6_000 })])];
  },
  async 'sentAt 121 s old'() {
    const { session } = await openOne();
    return [await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms - 121_000 })])];
  },
  async 'beacon block older than 128 blocks'() {
    const { session } = await openOne();
    const at = (lag: number) => ({ envelope: { beacon: world.toBlockHash(FIRST_HEIGHT + 199 - lag) } });
    const oldest = await world.sendBatch(session, [world.makeBeat()], at(128));
    expect(oldest.body).toMatchObject({ code: 'ACCEPTED' });
    const answer = await world.sendBatch(session, [world.makeBeat()], at(129));
    expect(answer.body).toMatchObject({ next: 'resign', beacon: world.newestBeacon() });
    return [answer];
  },
  async 'beacon hash not canonical'() {
    const { session } = await openOne();
    const beacon = keccak256(stringToBytes('a fork'));
    return [await world.sendBatch(session, [world.makeBeat()], { envelope: { beacon } })];
  },
  async 'signed by a delegate not yet active'() {
    const { session } = await openOne(Math.floor(world.clock.ms / 1_000) + 30);
    const early = await world.sendBatch(session, [world.makeBeat()]);
    world.clock.ms += 30_000;
    expect((await world.sendBatch(session, [world.makeBeat()])).body).toMatchObject({ code: 'ACCEPTED' });
    return [early];
  },
  async 'signed by a delegate revoked before sentAt'() {
    const { account, session } = await openOne();
    await revoke(account, session.delegation, world.clock.ms / 1_000 - 10);
    return [await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms - 5_000 })])];
  },
  async 'signed by a delegate revoked after sentAt'() {
    const { account, session } = await openOne();
    await revoke(account, session.delegation, world.clock.ms / 1_000 - 10);
    return [await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms - 15_000 })])];
  },
  async 'node not registered'() {
    const { account, id } = await addSender();
    return [(await world.openSession({ account, nodes: [id, `${id.slice(0, -2)}00`] })).answer];
  },
  async 'body 65537 bytes'() {
    const { session } = await openOne();
    const body = JSON.stringify({ beats: [world.makeBeat()] }).padEnd(MAX_BODY_BYTES + 1);
    return [await world.sendBatch(session, [world.makeBeat()], { body })];
  },
  async 'signature 64 or 66 bytes'() {
    const { session } = await openOne();
    for (const bytes of [63, 65, 32]) {
      const headers = { [headerNames.signature]: `0x${'ab'.repeat(bytes)}` };
      const answer = await world.sendBatch(session, [world.makeBeat()], { headers });
      expect(answer.body.code).toBe('BAD_SIGNATURE');
    }
    return open((request) => ({ ...request, signature: `${request.signature}00` }));
  },
  async 'v = 0/1'() {
    return open((request) => ({ ...request, signature: toOldV(request.signature) }));
  },
  async 'r or s = 0 or >= n'() {
    return open((request) => ({ ...request, signature: withWord(request.signature, 's', ORDER) }));
  },
};

type SessionRequest = Awaited<ReturnType<GatewayWorld['toSessionRequest']>>;

async function open(change: (request: SessionRequest) => object): Promise<readonly Answer[]> {
  const { account, id } = await addSender();
  return [await world.post('/v1/sessions', change(await world.toSessionRequest({ account, nodes: [id] })))];
}

async function revoke(account: PrivateKeyAccount, delegation: Hex, atSeconds: number): Promise<void> {
  const node = toNativeId(account);
  const revokedAt = Math.floor(atSeconds);
  const signature = await world.signTyped(account, 'Revoke', { node, delegation, revokedAt: BigInt(revokedAt) });
  const request = { network: world.network.definition.id, account: node, delegation, revokedAt, signature };
  expect(await world.post('/v1/revocations', request)).toMatchObject({ status: 200, body: { revokedAt } });
}

interface Oracle {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: each oracle has a form of its own.
  readonly inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly expected: any;
}

describeWithShared(file, 'oracles of heartbeats', () => {
  const oracles: readonly Oracle[] = JSON.parse(readFileSync(toSharedPath(file), 'utf8'));
  const getOracle = (id: string) => oracles.find((oracle) => oracle.id === id) as Oracle;
  const { inputs, expected } = getOracle('HBT-01');
  const cases = (inputs.cases as string[]).map((name, index) => ({
    name,
    verdict: expected.verdicts[index] as string,
  }));

  it('HBT-01 has its twenty cases, each of which is played', () => {
    expect(cases).toHaveLength(20);
    for (const { name } of cases) expect(Object.keys({ ...signedBeats, ...sessions })).toContain(name);
  });

  const played = cases.flatMap(({ name, verdict }) => [
    { name, verdict, way: 'a signed beat', play: signedBeats[name] },
    { name, verdict, way: 'a session', play: sessions[name] },
  ]);
  it.each(played.filter(({ play }) => play))('HBT-01 by $way: $name is $verdict', async ({ verdict, play }) => {
    const answers = (await play?.()) ?? [];
    const answer = answers.at(-1);
    const code = /^[A-Z_]+/.exec(verdict)?.[0] as keyof typeof verdicts;
    expect(answer?.body).toMatchObject({ code });
    expect(answer?.status).toBe(verdicts[code].status);
    for (const earlier of answers.slice(0, -1)) expect(earlier.body.code).toBe('ACCEPTED');
    // Every refusal says what was expected, what came, what to do.
    if (answer?.status !== 200) expect(answer?.body.message).toMatch(/^Expected .+, got .+: .+\.$/);
  });

  it('SIG-01: the digest and the signer of the example of EIP-712', async () => {
    const { inputs: given, expected: said } = getOracle('SIG-01');
    const digest = hashTypedData({
      domain: given.domain,
      types: mailTypes,
      primaryType: 'Mail',
      message: given.message,
    });
    expect(digest).toBe(said.digest);
    expect(await recoverSigner(digest, said.signature)).toBe(said.signer.toLowerCase());
    expect(privateKeyToAccount(keccak256(stringToBytes('cow'))).address).toBe(said.signer);
    expect(parseAccountSignature(said.signature)).toEqual({ signature: said.signature });
  });

  it('SIG-02: the digest and the signer of a heartbeat, and no second signature of it', async () => {
    const { inputs: given, expected: said } = getOracle('SIG-02');
    const { slot, seq, sentAt, ...rest } = given.message;
    const { chainId, verifyingContract } = given.domain;
    const message = { ...rest, slot: BigInt(slot), seq: BigInt(seq), sentAt: BigInt(sentAt) };
    const digest = hashMessage({ chainId, verifyingContract }, 'Heartbeat', message);
    expect(digest).toBe(said.digest);
    expect(await recoverSigner(digest, said.signature)).toBe(said.signer.toLowerCase());
    expect(parseAccountSignature(said.signature)).toEqual({ signature: said.signature });
    expect(parseAccountSignature(said.malleatedSignature)).toEqual({
      expected: expect.stringContaining('lower'),
      got: expect.any(String),
    });
    expect(await recoverSigner(digest, said.malleatedSignature)).toBeUndefined();
    expect(toTwin(said.signature)).toBe(said.malleatedSignature);
  });
});

const mailTypes = {
  Person: [
    { name: 'name', type: 'string' },
    { name: 'wallet', type: 'address' },
  ],
  Mail: [
    { name: 'from', type: 'Person' },
    { name: 'to', type: 'Person' },
    { name: 'contents', type: 'string' },
  ],
} as const;
