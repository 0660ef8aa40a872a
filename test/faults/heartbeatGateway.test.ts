import { generateKeyPairSync } from 'node:crypto';
import { createHttpPost } from '../../schema/heartbeat/createHttpPost.js';
import { createSender } from '../../schema/heartbeat/createSender.js';
import { headerNames } from '../../schema/heartbeat/envelope.js';
import { type HeartbeatMessage, hashMessage } from '../../schema/heartbeat/typedData.js';
import type { Hex } from '../../schema/lib/hex.js';
import {
  type Answer,
  eventually,
  type GatewayWorld,
  openGatewayWorld,
  SLOT,
  START_MS,
  toAccount,
  toNativeId,
} from '../heartbeats/openGatewayWorld.js';

const MINUTE = 60_000;
const ORDER = 0xffffffff_ffffffff_ffffffff_fffffffe_baaedce6_af48a03b_bfd25e8c_d0364141n;

let world: GatewayWorld;
let lastAccount = 500;
beforeAll(async () => {
  world = await openGatewayWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.ms = START_MS;
});

async function openOne(more: { readonly time?: Date; readonly from?: string } = {}) {
  lastAccount += 1;
  const account = toAccount(lastAccount);
  const id = await world.addNode(toNativeId(account), more);
  return { account, id, session: await world.openSession({ account, nodes: [id], from: more.from }) };
}

/** What the writer has made of a node's beats: bits of up and late, by hour. */
async function readBits(id: string): Promise<readonly { readonly up: string; readonly late: string }[]> {
  return world.rows(`
    select up::bit(64)::text as up, late::bit(64)::text as late from node_hour_open
    join heartbeat_node using (node_key) where node_id = '${id}' order by hour`);
}

async function countUp(id: string): Promise<number> {
  return (await readBits(id)).reduce((sum, { up }) => sum + up.replaceAll('0', '').length, 0);
}

/** All that beats can change. */
async function readState(): Promise<unknown> {
  const tables = ['heartbeat', 'beat_batch', 'node_hour_open', 'beat_flag', 'node_hardware', 'delegation'];
  const counted = tables.map(
    (table) => `(select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from ${table} t)`,
  );
  return world.rows(`select ${counted.join(', ')}`);
}

const toCodes = (answers: readonly Answer[]) => [...new Set(answers.map(({ body }) => body.code))].sort();

describe('heartbeats that go wrong', () => {
  it('fault 21: an exact duplicate, a thousand times, is answered 200 each and makes one slot', async () => {
    const { id, session } = await openOne();
    const beats = [world.makeBeat({ jobs: 3 })];
    const same = { envelope: { counter: 1 } };
    // Some at once, before the first one is committed; the rest one after the other.
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.sendBatch(session, beats, same)));
    for (let time = 50; time < 1_000; time += 1) answers.push(await world.sendBatch(session, beats, same));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.reduce((sum, { body }) => sum + body.written, 0)).toBe(1);
    expect(answers.reduce((sum, { body }) => sum + body.duplicate, 0)).toBe(999);
    expect(await countUp(id)).toBe(1);
    expect(
      await world.rows(
        `select count(*)::int as count from heartbeat join heartbeat_node using (node_key) where node_id = '${id}'`,
      ),
    ).toEqual([{ count: 1 }]);
  });

  it('fault 21: a duplicate at another gateway, and after a restart, has no effect either', async () => {
    const { id, session } = await openOne();
    const same = { envelope: { counter: 1 } };
    const beats = [world.makeBeat()];
    expect((await world.sendBatch(session, beats, same)).body).toMatchObject({ code: 'ACCEPTED', written: 1 });
    const other = await world.startGateway();
    const again = await world.sendBatch(session, beats, { ...same, url: other.url });
    expect(again).toMatchObject({ status: 200, body: { code: 'DUPLICATE', written: 0, duplicate: 1 } });
    expect(await countUp(id)).toBe(1);
  });

  it('fault 22: out of order makes the same uptime; 31 s late is LATE and not up', async () => {
    const [inOrder, outOfOrder, late] = [await openOne(), await openOne(), await openOne()];
    const first = world.makeBeat();
    await world.sendBatch(inOrder.session, [first]);
    world.clock.ms += MINUTE;
    const second = world.makeBeat();
    await world.sendBatch(inOrder.session, [second]);
    // The second minute under counter 2, then the first one under counter 1, still within its grace.
    const answers = [
      await world.sendBatch(outOfOrder.session, [second], { envelope: { counter: 2 } }),
      await world.sendBatch(outOfOrder.session, [first], { envelope: { counter: 1 } }),
    ];
    expect(toCodes(answers)).toEqual(['ACCEPTED']);
    expect(await readBits(outOfOrder.id)).toEqual(await readBits(inOrder.id));
    expect(await countUp(inOrder.id)).toBe(2);

    world.clock.ms = (SLOT + 1) * MINUTE + 29_999;
    expect((await world.sendBatch(late.session, [first])).body).toMatchObject({ code: 'ACCEPTED', late: 0 });
    const tardy = await openOne();
    world.clock.ms = (SLOT + 1) * MINUTE + 31_000;
    const answer = await world.sendBatch(tardy.session, [first]);
    expect(answer).toMatchObject({
      status: 200,
      body: { code: 'LATE', written: 0, late: 1, refusals: [{ beat: 0, code: 'LATE' }] },
    });
    expect(await countUp(tardy.id)).toBe(0);
    expect((await readBits(tardy.id))[0]?.late).toMatch(/1/);
  });

  it('fault 23: a clock 6 s fast is FUTURE, 121 s slow is STALE, and neither changes anything', async () => {
    const { session } = await openOne();
    const before = await readState();
    const fast = await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms + 6_000 })]);
    expect(fast).toMatchObject({
      status: 422,
      body: { code: 'FUTURE', next: 'drop', counts: { refused: 1 }, serverTime: START_MS },
    });
    const slow = await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms - 121_000 })]);
    expect(slow).toMatchObject({ status: 422, body: { code: 'STALE', next: 'drop', counts: { refused: 1 } } });
    expect(await readState()).toEqual(before);
    const bearable = [
      await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms + 5_000 })]),
      await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms - 119_000 })]),
    ];
    expect(bearable.map(({ body }) => body.code)).toEqual(['ACCEPTED', 'LATE']);
  });

  it('fault 23: summer time, a leap second and an NTP step move no slot', async () => {
    const { account, id } = await openOne({ time: new Date('2016-01-01T00:00:00Z') });
    const reopen = () => world.openSession({ account, nodes: [id] });
    const slots: number[] = [];
    const beatAt = async (time: string | number): Promise<Answer> => {
      world.clock.ms = new Date(time).getTime();
      const beat = world.makeBeat();
      slots.push(beat.slot);
      return world.sendBatch(await reopen(), [beat]);
    };
    const answers: Answer[] = [];
    // Clocks in Europe go from 3:00 back to 2:00, and those in America from 2:00 to 3:00.
    for (const change of ['2026-10-25T01:00:00Z', '2027-03-14T07:00:00Z']) {
      for (const step of [-MINUTE, 0, MINUTE]) answers.push(await beatAt(new Date(change).getTime() + step));
    }
    // The leap second of 2016: unix time says 23:59:59 twice.
    answers.push(await beatAt('2016-12-31T23:59:59.200Z'), await beatAt('2017-01-01T00:00:00.100Z'));
    expect(toCodes(answers)).toEqual(['ACCEPTED']);
    const [first = 0, , , fourth = 0, , , leap = 0] = slots;
    expect(slots).toEqual([first, first + 1, first + 2, fourth, fourth + 1, fourth + 2, leap, leap + 1]);
    expect(leap).toBe(Date.UTC(2016, 11, 31, 23, 59) / MINUTE);
    expect(await countUp(id)).toBe(8);
  });

  it('fault 23: a step of the clock between two tries makes no second beat', async () => {
    const { id, session } = await openOne();
    const beats = [world.makeBeat()];
    const same = { envelope: { counter: 1 } };
    await world.sendBatch(session, beats, same);
    const codes: string[] = [];
    for (const step of [-4_000, 4_000, 39_000]) {
      world.clock.ms = START_MS + step;
      codes.push((await world.sendBatch(session, beats, same)).body.code);
    }
    expect(codes).toEqual(['DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
    expect(await countUp(id)).toBe(1);
  });

  it('fault 24: a replay from another chain or contract, by EIP-191, or with the high s, is BAD_SIGNATURE', async () => {
    const { account, id } = await openOne();
    const otherChain = { ...world.anchor, chainId: 1 };
    const otherContract = { ...world.anchor, verifyingContract: `0x${'22'.repeat(20)}` as const };
    const personal = (message: HeartbeatMessage<'Heartbeat'>) =>
      account.signMessage({ message: { raw: hashMessage(world.anchor, 'Heartbeat', message) } });
    const before = await readState();
    const beats = [
      await world.sendSignedBeat(account, id, { anchor: otherChain }),
      await world.sendSignedBeat(account, id, { anchor: otherContract }),
      await world.sendSignedBeat(account, id, { sign: personal }),
      await world.sendSignedBeat(account, id, { signature: toTwin }),
    ];
    const request = await world.toSessionRequest({ account, nodes: [id] });
    const opened = [
      (await world.openSession({ account, nodes: [id], anchor: otherChain })).answer,
      (await world.openSession({ account, nodes: [id], anchor: otherContract })).answer,
      await world.post('/v1/sessions', { ...request, signature: toTwin(request.signature) }),
    ];
    for (const { status, body } of [...beats, ...opened]) {
      expect([status, body.code, body.next]).toEqual([401, 'BAD_SIGNATURE', 'drop']);
    }
    expect(await readState()).toEqual(before);
    // The genuine one after them: what was refused has used nothing up.
    expect((await world.sendSignedBeat(account, id)).body).toMatchObject({ code: 'ACCEPTED', written: 1 });
    const twin = await world.sendSignedBeat(account, id, { signature: toTwin });
    expect(twin.body.code).toBe('BAD_SIGNATURE');
  });

  it('fault 25: a valid beat replayed after an hour is STALE and changes nothing', async () => {
    const { account, id, session } = await openOne();
    const beats = [world.makeBeat()];
    const same = { envelope: { counter: 1, beacon: world.newestBeacon() } };
    await world.sendBatch(session, beats, same);
    const signed = await world.toSignedBeat(account, id, { beat: { sentAt: world.clock.ms + 1 } });
    await world.post('/v1/heartbeats', signed);
    const before = await readState();
    // Also right after the time for which anything is remembered.
    for (const laterMs of [121_000 + 40_000, 5 * MINUTE, 60 * MINUTE]) {
      world.clock.ms = START_MS + laterMs;
      await world.gateway.refresh();
      for (const url of [world.url, (await world.startGateway()).url]) {
        const batch = await world.sendBatch(session, beats, { ...same, url });
        expect(batch).toMatchObject({ status: 422, body: { code: 'STALE', counts: { refused: 1 } } });
        const single = await world.post('/v1/heartbeats', signed, { url });
        expect(single).toMatchObject({ status: 422, body: { code: 'STALE', counts: { refused: 1 } } });
      }
    }
    expect(await readState()).toEqual(before);
  });

  it('fault 30: a key that is revoked is refused from then on, and what it sent before stays', async () => {
    const { account, id, session } = await openOne();
    const other = await world.startGateway();
    const early = await world.sendBatch(session, [world.makeBeat()]);
    world.clock.ms += MINUTE;
    expect((await world.sendBatch(session, [world.makeBeat()], { url: other.url })).body.code).toBe('ACCEPTED');
    world.clock.ms += MINUTE;
    const revokedAt = Math.floor(world.clock.ms / 1_000);
    const waiting = world.makeBeat({ sentAt: world.clock.ms - 1_000 });
    const node = toNativeId(account);
    const message = { node, delegation: session.delegation, revokedAt: BigInt(revokedAt) };
    const request = {
      ...{ network: world.network.definition.id, account: node, delegation: session.delegation, revokedAt },
      signature: await world.signTyped(account, 'Revoke', message),
    };
    expect(await world.post('/v1/revocations', request)).toMatchObject({
      status: 200,
      body: { code: 'ACCEPTED', revokedAt },
    });
    const later = await world.sendBatch(session, [world.makeBeat({ sentAt: world.clock.ms + 1_000 })]);
    expect(later).toMatchObject({
      status: 403,
      body: { code: 'UNAUTHORISED', next: 'reopen', counts: { refused: 1 } },
    });
    // What it had signed before and was still on its way.
    expect((await world.sendBatch(session, [waiting])).body).toMatchObject({ code: 'ACCEPTED', written: 1 });
    // The other gateway hears of it by itself.
    world.clock.ms += MINUTE;
    const refused = await eventually(async () => {
      const { status } = await world.sendBatch(session, [world.makeBeat()], { url: other.url });
      return status === 403;
    });
    expect(refused).toBe(true);
    expect(early.body.code).toBe('ACCEPTED');
    expect(await countUp(id)).toBeGreaterThanOrEqual(3);
    const grant = await world.openSession({ account, nodes: [id] });
    expect(grant.answer.body.code).toBe('ACCEPTED');
    expect(grant.delegation).not.toBe(session.delegation);
  });
});

describe('floods of forged heartbeats', () => {
  let calm: GatewayWorld;
  beforeAll(async () => {
    calm = world;
  });
  beforeEach(async () => {
    // Buckets that hardly fill up: what a flood has used up must not come back while the test runs.
    const limits = { namedFailures: 10, namedFailuresPerSecond: 0.001, failures: 60, failuresPerSecond: 0.001 };
    world = await openGatewayWorld({ limits });
  });
  afterEach(async () => {
    await world.close();
    world = calm;
  });

  it('fault 26: under a flood of forgeries every honest batch is accepted', async () => {
    const honest = await Promise.all(Array.from({ length: 10 }, () => openOne()));
    const named = honest[0]?.session;
    if (!named) throw new Error('Expected a session.');
    const codes = new Map<string, number>();
    let isOver = false;
    const flood = async (from: string) => {
      for (let counter = 1; !isOver; counter += 1) {
        const headers = { [headerNames.signature]: `0x${'5a'.repeat(64)}` };
        const answer = await world.sendBatch(named, [world.makeBeat()], { envelope: { counter }, headers, from });
        codes.set(answer.body.code, (codes.get(answer.body.code) ?? 0) + 1);
      }
    };
    // Some of them from the senders' own network.
    const flooding = ['127.0.0.1', '127.0.0.1', '127.0.9.9', '127.0.9.9', '127.0.7.7'].map(flood);
    const answers: Answer[] = [];
    for (let minute = 0; minute < 3; minute += 1) {
      for (const { session } of [...honest, ...honest, ...honest]) {
        // The beat of the minute, and then the same one again under new counters.
        answers.push(await world.sendBatch(session, [world.makeBeat({ sentAt: START_MS + minute * MINUTE })]));
      }
      world.clock.ms += MINUTE;
    }
    isOver = true;
    await Promise.all(flooding);
    expect(answers).toHaveLength(90);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.reduce((sum, { body }) => sum + body.written, 0)).toBe(30);
    // Those from elsewhere were cut off after what a stranger may get wrong.
    expect([...codes.keys()].sort()).toEqual(['BAD_SIGNATURE', 'UNKNOWN_SESSION']);
    for (const { id } of honest) expect(await countUp(id)).toBe(3);
  });

  it('fault 27: a flood that names a victim cuts itself off, and the victim not', async () => {
    const { account, id, session } = await openOne();
    const forged = { [headerNames.signature]: `0x${'5a'.repeat(64)}` };
    const attack = (from: string) =>
      world.sendBatch(session, [world.makeBeat()], { envelope: { counter: 9 }, headers: forged, from });
    const answers: Answer[] = [];
    for (let network = 0; network < 30; network += 1) answers.push(await attack(`127.3.${network}.1`));
    expect(answers.slice(0, 10).every(({ body }) => body.code === 'BAD_SIGNATURE')).toBe(true);
    expect(answers.slice(10).every(({ body }) => body.code === 'UNKNOWN_SESSION')).toBe(true);
    expect(answers.at(-1)).toMatchObject({ status: 401, body: { next: 'reopen' } });
    expect((await world.sendBatch(session, [world.makeBeat()])).body).toMatchObject({ code: 'ACCEPTED', written: 1 });
    // From an address that it never used, it proves itself by opening its session anew.
    world.clock.ms += MINUTE;
    const moved = '127.4.1.1';
    expect((await world.sendBatch(session, [world.makeBeat()], { from: moved })).body.code).toBe('UNKNOWN_SESSION');
    const again = await world.openSession({ account, nodes: [id], from: moved });
    expect((await world.sendBatch(again, [world.makeBeat()], { from: moved })).body).toMatchObject({
      code: 'ACCEPTED',
      written: 1,
    });
    expect(await countUp(id)).toBe(2);
  });

  it('fault 27: a flood that names a victim does not lock it out of a gateway that was restarted', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    lastAccount += 1;
    const account = toAccount(lastAccount);
    const id = await world.addNode(toNativeId(account));
    let url = world.url;
    let http = createHttpPost(new URL(url));
    const codes: string[] = [];
    const sender = createSender({
      ...{ network: world.network.definition.id, anchor: world.anchor, account: toNativeId(account), nodes: [id] },
      ...{ privateKey, runtime: world.runtime },
      grant: { sign: (typed) => account.signTypedData(typed as never) },
      post: async (path, headers, body) => {
        const answer = await http.post(path, headers, body);
        codes.push(JSON.parse(answer.body).code);
        return answer;
      },
    });
    expect(await sender.send([world.makeBeat()])).toMatchObject([{ kind: 'taken', answer: { code: 'ACCEPTED' } }]);
    http.close();
    ({ url } = await world.startGateway());
    http = createHttpPost(new URL(url));
    const { delegation } = (await sender.open()) ?? {};
    if (!delegation) throw new Error('Expected a session.');
    const forged = { [headerNames.signature]: `0x${'5a'.repeat(64)}` };
    let isOver = false;
    const flood = async (network: number) => {
      for (let counter = 1; !isOver; counter += 1) {
        const headers = { ...forged, [headerNames.delegation]: delegation };
        const named = { delegation, privateKey, counter } as unknown as Parameters<typeof world.sendBatch>[0];
        await world.sendBatch(named, [world.makeBeat()], { headers, url, from: `127.6.${network}.1` });
      }
    };
    const flooding = [1, 2, 3].map(flood);
    const isCut = await eventually(async () => {
      const named = { delegation, privateKey, counter: 900 } as unknown as Parameters<typeof world.sendBatch>[0];
      const probe = await world.sendBatch(named, [world.makeBeat()], { headers: forged, url, from: '127.6.9.1' });
      return probe.body.code === 'UNKNOWN_SESSION';
    });
    world.clock.ms += MINUTE;
    codes.length = 0;
    const outcomes = await sender.send([world.makeBeat()]);
    isOver = true;
    await Promise.all(flooding);
    await sender.close();
    http.close();
    expect(isCut).toBe(true);
    expect(outcomes).toMatchObject([{ kind: 'taken', answer: { code: 'ACCEPTED', written: 1 } }]);
    expect(codes).toEqual(['UNKNOWN_SESSION', 'ACCEPTED', 'ACCEPTED']);
    expect(await countUp(id)).toBe(2);
  });

  it('fault 27: who has seen the grant of a victim and opens its session from everywhere locks it out no more', async () => {
    lastAccount += 1;
    const account = toAccount(lastAccount);
    const id = await world.addNode(toNativeId(account));
    const { session, request } = await world.openSessionOf({ account, nodes: [id] });
    expect((await world.sendBatch(session, [world.makeBeat()])).body.code).toBe('ACCEPTED');
    const headers = { [headerNames.signature]: `0x${'5a'.repeat(64)}` };
    const codes: string[] = [];
    for (let network = 0; network < 20; network += 1) {
      const from = `127.5.${network}.1`;
      expect((await world.post('/v1/sessions', request, { from })).status).toBe(200);
      for (let time = 0; time < 2; time += 1) {
        codes.push(
          (await world.sendBatch(session, [world.makeBeat()], { envelope: { counter: 9 }, headers, from })).body.code,
        );
      }
    }
    // One try for each opening, then it is a stranger's again.
    expect(codes.filter((code) => code === 'BAD_SIGNATURE')).toHaveLength(20 + 10);
    expect(codes.filter((code) => code === 'UNKNOWN_SESSION')).toHaveLength(10);
    world.clock.ms += MINUTE;
    expect((await world.sendBatch(session, [world.makeBeat()])).body).toMatchObject({ code: 'ACCEPTED', written: 1 });
  });
});

/** What others have got wrong (design notes of B3): each is a request that must not count. */
describe('heartbeats that others would take', () => {
  it('are refused without a time', async () => {
    const { session } = await openOne();
    const body = JSON.stringify({ beats: [{ node: 0, slot: SLOT }] });
    const answer = await world.sendBatch(session, [world.makeBeat()], { body });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'MALFORMED', message: expect.stringContaining('sentAt') },
    });
  });

  it('are refused with a time that is no number, or of another age of the world', async () => {
    const { account, id, session } = await openOne();
    // What an age computed without a sign would take for fresh: 18446744073709551615 - now.
    const codes: string[] = [];
    for (const sentAt of ['18446744073709551615', '-1', '1e400', '"now"', 'null']) {
      const body = `{"beats":[{"node":0,"slot":${SLOT},"sentAt":${sentAt}}]}`;
      codes.push((await world.sendBatch(session, [world.makeBeat()], { body })).body.code);
    }
    expect(codes).toEqual(Array(5).fill('MALFORMED'));
    const future = await world.sendSignedBeat(account, id, { beat: { sentAt: START_MS + 365 * 86_400_000 } });
    expect(future.body).toMatchObject({ code: 'FUTURE' });
    const signed = await world.toSignedBeat(account, id);
    const text = JSON.stringify(signed).replace(/"sentAt":\d{10}/, '"sentAt":18446744073709551615');
    expect((await world.post('/v1/heartbeats', text)).body.code).toBe('MALFORMED');
  });

  it('are refused on another path, or with a query that nobody signed', async () => {
    const { session } = await openOne();
    const onto = async (path: string) => {
      const { status, body } = await world.sendBatch(session, [world.makeBeat()], { path });
      return [status, body.code];
    };
    expect(await onto('/v1/heartbeats?slot=1')).toEqual([400, 'MALFORMED']);
    for (const path of ['/v1/heartbeats/', '/V1/heartbeats', '/v2/heartbeats', '/v1//heartbeats']) {
      expect(await onto(path)).toEqual([404, 'MALFORMED']);
    }
    for (const path of ['/v1/sessions', '/v1/maintenance', '/v1/revocations']) {
      expect(await onto(path)).toEqual([400, 'MALFORMED']);
    }
  });

  it('are refused when anything of what was signed is altered', async () => {
    const { account, id, session } = await openOne();
    const headers: Readonly<Record<string, string | undefined>>[] = [
      { [headerNames.counter]: '2' },
      { [headerNames.slots]: `${SLOT - 1}-${SLOT}` },
      { [headerNames.beacon]: world.toBlockHash(1_150) },
      { [headerNames.signature]: `0x${'00'.repeat(64)}` },
    ];
    const beats = [world.makeBeat()];
    const other = await openOne();
    const before = await readState();
    for (const altered of headers) {
      const answer = await world.sendBatch(session, beats, { envelope: { counter: 1 }, headers: altered });
      expect(answer.body.code).toBe('BAD_SIGNATURE');
    }
    const stolen = { [headerNames.delegation]: other.session.delegation };
    expect((await world.sendBatch(session, beats, { headers: stolen })).body.code).toBe('BAD_SIGNATURE');
    expect(
      await world.sendSignedBeat(account, id, { sentBody: JSON.stringify({ ...beats[0], jobs: 9 }) }),
    ).toMatchObject({
      body: { code: 'BAD_SIGNATURE', message: expect.stringContaining('keccak256') },
    });
    // Nothing but the body's bytes differ.
    const signed = JSON.stringify({ beats });
    const padded = await sendAltered(session, { signed, sent: `${signed} ` });
    const missing = await sendAltered(session, { signed, sent: '' });
    expect([padded.body.code, missing.body.code]).toEqual(['BAD_SIGNATURE', 'BAD_SIGNATURE']);
    expect(await readState()).toEqual(before);
    expect(await countUp(id)).toBe(0);
  });

  it('are refused when compressed, before anything is inflated', async () => {
    const { session } = await openOne();
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, identity']) {
      const answer = await world.sendBatch(session, [world.makeBeat()], { headers: { 'content-encoding': encoding } });
      expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED', next: 'drop' } });
    }
  });
});

/** A batch of which another body travels than was signed. */
async function sendAltered(
  session: Parameters<GatewayWorld['sendBatch']>[0],
  { signed, sent }: { readonly signed: string; readonly sent: string },
): Promise<Answer> {
  const { headers } = world.sealBatch(session, [world.makeBeat()], { body: signed });
  return world.post('/v1/heartbeats', sent, { headers });
}

function toTwin(signature: Hex): Hex {
  const s = ORDER - BigInt(`0x${signature.slice(66, 130)}`);
  const v = signature.slice(130) === '1b' ? '1c' : '1b';
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}${v}` as Hex;
}
