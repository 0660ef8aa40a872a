import { createHmac, createPublicKey, verify } from 'node:crypto';
import { createRandom } from '../../test/simulation/createRandom.js';
import { createVirtualClock, createVirtualRuntime } from '../../test/simulation/createVirtualClock.js';
import { type Hex, toBytes } from '../lib/hex.js';
import { recoverSigner } from '../lib/recoverSigner.js';
import { createSender } from './createSender.js';
import { createSigner } from './createSigner.js';
import { type Envelope, headerNames, parseEnvelope, toSignedBytes } from './envelope.js';
import { toMacProofBytes } from './keySigned.js';
import type { Beat } from './parseBatch.js';
import type { SenderEvent, SenderOptions, SenderState } from './SenderOptions.js';
import { toPrivateKey, toPublicKeyHex } from './sealBatch.js';
import type { PostAnswer } from './sendPolicy.js';
import type { SessionRequest } from './session.js';
import { MAX_AGE_MS, slotStartMs } from './slots.js';
import { hashMessage } from './typedData.js';
import { type VerdictCode, verdicts } from './verdicts.js';

const anchor = { chainId: 31337, verifyingContract: `0x${'22'.repeat(20)}` } as const;
const signer = createSigner(`0x${'11'.repeat(32)}`);
const privateKey = toPrivateKey(Buffer.alloc(32, 7));
const nodes = ['compute-market-devnet:a', 'compute-market-devnet:b'];
const SLOT = 29_000_000;
const beacons = { old: `0x${'a0'.repeat(32)}`, newer: `0x${'b1'.repeat(32)}` } as const;

/** One request as the gateway saw it. */
interface Seen {
  readonly atMs: number;
  readonly envelope: Envelope;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Scripted = VerdictCode | Partial<PostAnswer> | 'unreachable';

/** A gateway that answers batches as its script says, then takes everything; in virtual time. */
function createScene(
  script: readonly Scripted[] = [],
  options: Partial<SenderOptions> & { readonly sessions?: readonly Scripted[]; readonly roundTripMs?: number } = {},
) {
  const { sessions = [], roundTripMs = 4, ...rest } = options;
  const clock = createVirtualClock(createRandom(1, 'clock'));
  const startMs = slotStartMs(SLOT) + 10_000;
  const virtual = createVirtualRuntime(clock, createRandom(1, 'chance'));
  const runtime = { ...virtual, wallTime: () => new Date(startMs + clock.now()) };
  const seen: Seen[] = [];
  const opened: SessionRequest[] = [];
  const events: SenderEvent[] = [];
  const saved: SenderState[] = [];
  const [left, leftSessions] = [[...script], [...sessions]];

  const toAnswer = (scripted: Exclude<Scripted, 'unreachable'>): PostAnswer => {
    const base = { status: 200, headers: {}, body: '' };
    if (typeof scripted !== 'string') return { ...base, ...scripted };
    const { status, next } = verdicts[scripted];
    const message = `said ${scripted}`;
    const serverTime = startMs + clock.now();
    const counts = { written: 1, duplicate: 0, late: 0, refused: 0 };
    const body = { code: scripted, next, message, beacon: beacons.newer, serverTime, refusals: [], ...counts };
    return { ...base, status, body: JSON.stringify(body) };
  };

  async function post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostAnswer> {
    await clock.sleep(roundTripMs / 2);
    const isSession = path === '/v1/sessions';
    if (isSession) opened.push(JSON.parse(body));
    else {
      const parsed = parseEnvelope(headers);
      if ('flaw' in parsed) throw new Error(JSON.stringify(parsed.flaw));
      seen.push({ atMs: clock.now(), envelope: parsed.envelope, body, headers });
    }
    await clock.sleep(roundTripMs / 2);
    const scripted = isSession ? leftSessions.shift() : (left.shift() ?? 'ACCEPTED');
    if (scripted === 'unreachable') throw new Error('connect ECONNREFUSED');
    if (scripted) return toAnswer(scripted);
    const { validFrom, mac } = opened.at(-1) as SessionRequest;
    // Opening the same grant again gives the same delegation.
    const delegation = `0x${validFrom.toString(16).padStart(32, '0')}`;
    const macSecret = mac ? `0x${'55'.repeat(32)}` : undefined;
    const answer = {
      delegation,
      counter: 0,
      offsets: [0, 30_000],
      beacon: beacons.old,
      serverTime: startMs,
      macSecret,
    };
    return { status: 200, headers: {}, body: JSON.stringify(answer) };
  }

  const given: SenderOptions = {
    ...{ network: 'compute-market-devnet', anchor, account: signer.account, nodes, privateKey },
    ...{ grant: { sign: signer.sign }, post, runtime },
    save: async (state) => {
      await clock.sleep(1);
      saved.push(state);
    },
    tell: (event) => events.push(event),
    ...rest,
  };
  const sender = createSender(given);
  const beat = (node = 0, slot = SLOT): Beat => ({ node, slot, sentAt: startMs + (slot - SLOT) * 60_000 });
  return { sender, clock, seen, opened, events, saved, beat, given, run: <T>(work: Promise<T>) => clock.run(work) };
}

describe('createSender', () => {
  it('opens a session that the account signed, and sends batches that the key signed', async () => {
    const { sender, run, seen, opened, beat } = createScene();
    const outcomes = await run(sender.send([beat(0), beat(1)]));
    expect(outcomes).toMatchObject([{ kind: 'taken', answer: { code: 'ACCEPTED' } }]);
    const [request] = opened;
    if (!request) throw new Error('no session was opened');
    const hash = hashMessage(anchor, 'Delegate', {
      node: request.account,
      ed25519Pub: request.publicKey,
      validFrom: BigInt(request.validFrom),
      validTo: BigInt(request.validTo),
      scope: request.nodes,
    });
    expect(await recoverSigner(hash, request.signature)).toBe(signer.account);
    expect(request).toMatchObject({ nodes, publicKey: toPublicKeyHex(privateKey) });
    const [{ envelope, body, headers }] = seen as [Seen];
    expect(envelope).toMatchObject({ counter: 1, firstSlot: SLOT, lastSlot: SLOT, beacon: beacons.old });
    const signature = toBytes(headers[headerNames.signature] as Hex);
    expect(verify(null, toSignedBytes(envelope, Buffer.from(body)), createPublicKey(privateKey), signature)).toBe(true);
  });

  it('seals with a MAC where it was asked for and the gateway gave a secret', async () => {
    const { sender, run, seen, beat } = createScene([], { mac: true });
    await run(sender.send([beat()]));
    const [{ envelope, body, headers }] = seen as [Seen];
    const mac = createHmac('sha256', Buffer.alloc(32, 0x55)).update(toSignedBytes(envelope, Buffer.from(body)));
    expect(headers[headerNames.mac]).toBe(`0x${mac.digest('hex')}`);
    expect(headers).not.toHaveProperty([headerNames.signature]);
  });

  it('done: says it once, whatever the good news is', async () => {
    for (const code of ['ACCEPTED', 'DUPLICATE', 'LATE', 'SEQ_REGRESSION'] as const) {
      const { sender, run, seen, beat } = createScene([code]);
      expect(await run(sender.send([beat()]))).toMatchObject([{ kind: 'taken', answer: { code } }]);
      expect(seen).toHaveLength(1);
      expect(sender.waiting()).toBe(0);
    }
  });

  it('drop: never sends it again, and tells why', async () => {
    const drops = (Object.keys(verdicts) as VerdictCode[]).filter((code) => verdicts[code].next === 'drop');
    expect(drops.length).toBeGreaterThan(8);
    for (const code of drops) {
      const { sender, run, seen, events, beat } = createScene([code]);
      const outcomes = await run(sender.send([beat()]));
      expect(outcomes).toEqual([{ kind: 'dropped', code, reason: `said ${code}` }]);
      expect(seen).toHaveLength(1);
      expect(events).toContainEqual({ kind: 'dropped', beats: [beat()], code, reason: `said ${code}` });
    }
  });

  it('resign: the same beats with the new beacon, under the next counter', async () => {
    const { sender, run, seen, beat } = createScene(['BEACON_OLD', 'BEACON_UNKNOWN', 'ACCEPTED']);
    await run(sender.send([beat()]));
    expect(seen.map(({ envelope }) => envelope.counter)).toEqual([1, 2, 3]);
    expect(seen.map(({ envelope }) => envelope.beacon)).toEqual([beacons.old, beacons.newer, beacons.newer]);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });

  it('reopen: opens the same grant again when the session is unknown, and signs another when it was taken back', async () => {
    const unknown = createScene(['UNKNOWN_SESSION', 'ACCEPTED']);
    await unknown.run(unknown.sender.send([unknown.beat()]));
    expect(new Set(unknown.opened.map(({ signature }) => signature)).size).toBe(1);
    // The gateway said 0 again; the one that was used is not used again.
    expect(unknown.seen.map(({ envelope }) => envelope.counter)).toEqual([1, 2]);

    const revoked = createScene(['ACCEPTED', 'UNAUTHORISED', 'ACCEPTED']);
    await revoked.run(revoked.sender.send([revoked.beat()]));
    await revoked.run(revoked.clock.sleep(2_000));
    await revoked.run(revoked.sender.send([revoked.beat(0, SLOT + 1)]));
    expect(new Set(revoked.opened.map(({ signature }) => signature)).size).toBe(2);
    const [first, second, third] = revoked.seen.map(({ envelope }) => envelope);
    expect(second?.delegation).toBe(first?.delegation);
    expect(third?.delegation).not.toBe(first?.delegation);
  });

  it('retry: the same bytes after back-off from 30 ms, doubled up to 5 s, for network errors and 5xx', async () => {
    const failures: Scripted[] = Array.from({ length: 12 }, (_, at) => (at % 2 ? 'unreachable' : { status: 502 }));
    const { sender, run, seen, beat } = createScene(failures);
    expect(await run(sender.send([beat()]))).toMatchObject([{ kind: 'taken' }]);
    expect(new Set(seen.map(({ headers, body }) => JSON.stringify([headers, body]))).size).toBe(1);
    const waits = seen.slice(1).map(({ atMs }, at) => atMs - (seen[at]?.atMs ?? 0) - 4);
    waits.forEach((wait, at) => {
      const most = Math.min(5_000, 30 * 2 ** at);
      expect(wait).toBeLessThanOrEqual(most);
      expect(wait).toBeGreaterThanOrEqual(most / 2);
    });
    expect(waits).toHaveLength(12);
  });

  it('sends other 4xx of whatever stands before the gateway never again, and takes no 200 without a word of it', async () => {
    const refused = createScene([{ status: 404, body: '<html>' }]);
    expect(await refused.run(refused.sender.send([refused.beat()]))).toMatchObject([{ kind: 'dropped' }]);
    const captive = createScene([
      { status: 200, body: '<html>sign in</html>' },
      { status: 200, body: '{}' },
    ]);
    expect(await captive.run(captive.sender.send([captive.beat()]))).toMatchObject([{ kind: 'taken' }]);
    expect(captive.seen).toHaveLength(3);
  });

  it('honours Retry-After in seconds and as a date, for all that waits', async () => {
    const busy = { status: 503, headers: { 'retry-after': '7' }, body: '{"code":"BUSY","serverTime":1}' };
    const { sender, run, clock, seen, beat } = createScene([busy]);
    const first = sender.send([beat()]);
    const second = clock.sleep(500).then(() => sender.send([beat(1)]));
    await run(Promise.all([first, second]));
    const [, ...later] = seen.map(({ atMs }) => atMs);
    expect(later).toHaveLength(2);
    for (const atMs of later) expect(atMs).toBeGreaterThan(7_000);
    const date = new Date(slotStartMs(SLOT) + 10_000 + 20_000).toUTCString();
    const dated = createScene([{ status: 429, headers: { 'retry-after': date }, body: '{"code":"RATE_LIMITED"}' }]);
    await dated.run(dated.sender.send([dated.beat()]));
    expect(dated.seen[1]?.atMs).toBeGreaterThan(19_000);
  });

  it('gives beats up once they are too old to be taken, and not before', async () => {
    const { sender, run, clock, seen, events, beat } = createScene(Array(200).fill('unreachable'));
    const outcomes = await run(sender.send([beat(0), beat(1)]));
    expect(outcomes).toMatchObject([{ kind: 'dropped', code: 'STALE' }]);
    expect(clock.now()).toBeGreaterThan(MAX_AGE_MS);
    expect(clock.now()).toBeLessThan(MAX_AGE_MS + 1_000);
    expect(seen.at(-1)?.atMs).toBeGreaterThan(MAX_AGE_MS - 6_000);
    expect(events.filter(({ kind }) => kind === 'dropped')).toMatchObject([{ beats: [{ node: 0 }, { node: 1 }] }]);
  });

  it('lets no new slot wait for old batches that fail', async () => {
    const { sender, run, clock, seen, beat } = createScene(Array(60).fill({ status: 500 }), { roundTripMs: 9_000 });
    const old = Array.from({ length: 8 }, (_, at) => sender.send([beat(at, SLOT - (at % 2))]));
    const fresh = clock.sleep(40_000).then(() => sender.send([beat(1, SLOT + 1)]));
    await run(Promise.race([fresh, clock.sleep(60_000)]));
    const first = seen.find(({ body }) => body.includes(`"slot":${SLOT + 1},`) && body.includes('"node":1'));
    expect(first?.atMs).toBeLessThan(45_000);
    await run(sender.close());
    await run(Promise.all(old));
  });

  it('sends one beat for a node and slot, also after a restart', async () => {
    const { sender, run, seen, events, saved, given, beat, clock } = createScene();
    await run(sender.send([beat(0), beat(0)]));
    await run(sender.send([{ ...beat(0), rttUs: 5 }, beat(1)]));
    expect(seen.map(({ body }) => JSON.parse(body).beats.length)).toEqual([1, 1]);
    expect(events.filter(({ kind }) => kind === 'dropped')).toHaveLength(2);
    const after = createSender({ ...given, nodes: [...nodes].reverse(), state: saved.at(-1) });
    await clock.run(after.send([beat(0), beat(1)]));
    expect(seen).toHaveLength(2);
  });

  it('never uses a counter for other bytes, whatever it is answered and whenever it is restarted', async () => {
    const random = createRandom(7, 'answers');
    const codes = Object.keys(verdicts) as VerdictCode[];
    const answers: Scripted[] = Array.from({ length: 400 }, () =>
      random.chance(0.2) ? 'unreachable' : random.pick(codes),
    );
    const scene = createScene(answers);
    let { sender } = scene;
    for (let at = 0; at < 60; at += 1) {
      const sent = Promise.all([sender.send([scene.beat(0, SLOT + at)]), sender.send([scene.beat(1, SLOT + at)])]);
      if (at % 7 === 3) {
        // A crash: what was saved last is all that is left of it.
        await scene.run(scene.clock.sleep(random.between(0, 30)));
        const state = scene.saved.at(-1);
        await scene.run(sender.close());
        await scene.run(sent);
        sender = createSender({ ...scene.given, state });
        await scene.run(sender.resume());
      } else await scene.run(sent);
    }
    const bytes = new Map<string, string>();
    for (const { envelope, body } of scene.seen) {
      const key = `${envelope.delegation} ${envelope.counter}`;
      const signed = toSignedBytes(envelope, Buffer.from(body)).toString();
      expect(bytes.get(key) ?? signed).toBe(signed);
      bytes.set(key, signed);
    }
    expect(bytes.size).toBeGreaterThan(100);
  });

  it('resends the same bytes after a crash between sending and the answer', async () => {
    const { sender, run, clock, seen, saved, given, beat } = createScene(Array(3).fill('unreachable'));
    const lost = sender.send([beat()]);
    await run(clock.sleep(8));
    const state = JSON.parse(JSON.stringify(saved.at(-1)));
    await run(sender.close());
    expect(await run(lost)).toEqual([{ kind: 'kept' }]);
    const after = createSender({ ...given, state });
    expect(await clock.run(after.resume())).toMatchObject([{ kind: 'taken' }]);
    expect(new Set(seen.map(({ headers, body }) => JSON.stringify([headers, body]))).size).toBe(1);
  });

  it('saves the counter before the batch leaves', async () => {
    const { sender, run, saved, seen, given, beat } = createScene([], {});
    const before: (number | undefined)[] = [];
    const spying = createSender({
      ...given,
      post: (path, headers, body) => {
        if (path === '/v1/heartbeats') before.push(saved.at(-1)?.counter);
        return given.post(path, headers, body);
      },
    });
    await run(spying.send([beat(0)]));
    await run(spying.send([beat(0, SLOT + 1)]));
    expect(before).toEqual(seen.map(({ envelope }) => envelope.counter));
    expect(sender.waiting()).toBe(0);
  });

  it('goes on sending when the state cannot be stored, and tells it', async () => {
    const { sender, run, events, beat } = createScene([], { save: () => Promise.reject(new Error('disk full')) });
    expect(await run(sender.send([beat()]))).toMatchObject([{ kind: 'taken' }]);
    expect(events).toContainEqual({ kind: 'unsaved', message: 'disk full' });
  });

  it('asks again every 20 s for a session that is refused, and sends what is still young', async () => {
    const { sender, run, clock, events, opened, beat } = createScene([], {
      sessions: ['UNREGISTERED', 'UNREGISTERED', 'UNREGISTERED'],
    });
    expect(await run(sender.send([beat()]))).toMatchObject([{ kind: 'taken' }]);
    expect(clock.now()).toBeGreaterThan(20_000);
    expect(clock.now()).toBeLessThan(70_000);
    expect(opened).toHaveLength(4);
    expect(events).toContainEqual({ kind: 'refused', code: 'UNREGISTERED', message: 'said UNREGISTERED' });
  });

  it('signs a new grant before the old one runs out, and sends under the old one until then', async () => {
    const { sender, run, clock, opened, seen, beat } = createScene([], {
      grant: { sign: signer.sign, validSeconds: 600 },
    });
    await run(sender.send([beat(0)]));
    await run(clock.sleep(560_000));
    await run(sender.send([beat(0, SLOT + 9)]));
    await run(clock.sleep(60_000));
    await run(sender.send([beat(0, SLOT + 10)]));
    expect(opened).toHaveLength(2);
    const [first, second, third] = seen.map(({ envelope }) => envelope.delegation);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('sends under a grant that was signed elsewhere, and says so when it does not count any more', async () => {
    const grant = { validFrom: 1, validTo: 2, signature: '0x1234' } as const;
    const { sender, run, opened, beat } = createScene([], { grant, sessions: Array(20).fill('UNAUTHORISED') });
    await expect(run(sender.open())).rejects.toThrow('said UNAUTHORISED');
    expect(opened).toMatchObject([grant]);
    expect(await run(sender.send([beat()]))).toMatchObject([{ kind: 'dropped', code: 'STALE' }]);
  });

  it("tells how far the clock is from the gateway's", async () => {
    const scene = createScene();
    const slow = {
      ...scene.given.runtime,
      wallTime: () => new Date(slotStartMs(SLOT) + 10_000 - 3_000 + scene.clock.now()),
    };
    const sender = createSender({ ...scene.given, runtime: slow });
    await scene.run(sender.send([scene.beat()]));
    const taken = scene.events.find(({ kind }) => kind === 'taken');
    expect(taken).toMatchObject({ rttMs: 4, clockOffsetMs: expect.closeTo(3_000, -1) });
    expect(sender.rttMs()).toBe(4);
  });

  it('gives no older slot a higher counter while a newer one has no answer, so that no counter goes back', async () => {
    // An outage of a minute; then every beacon is old.
    const outage: Scripted[] = [...Array(26).fill('unreachable'), ...Array(3).fill('BEACON_OLD')];
    const { sender, run, clock, seen, beat } = createScene(outage);
    const sent = [0, 1, 2].map((at) => clock.sleep(at * 30_000).then(() => sender.send([beat(0, SLOT + at)])));
    const outcomes = await run(Promise.all(sent));
    expect(outcomes.flat().map(({ kind }) => kind)).toEqual(['taken', 'taken', 'taken']);
    expect(Math.max(...seen.map(({ envelope }) => envelope.counter))).toBeGreaterThan(3);
    const answered = seen.filter((_, at) => at >= outage.length);
    let highest = { counter: 0, firstSlot: 0 };
    for (const { envelope } of answered) {
      const { counter, firstSlot } = envelope;
      expect(counter < highest.counter && firstSlot > highest.firstSlot).toBe(false);
      if (counter > highest.counter) highest = envelope;
    }
  });

  it('asks for a new beacon before it seals, once one was too old, and sends the old one where none is given', async () => {
    const scene = createScene(['ACCEPTED', 'BEACON_OLD']);
    let asked = 0;
    const found: (Hex | undefined)[] = [beacons.old, undefined];
    const findBeacon = async () => found[asked++];
    const sender = createSender({ ...scene.given, findBeacon });
    for (let at = 0; at < 4; at += 1) {
      await scene.run(sender.send([scene.beat(0, SLOT + at)]));
      expect(asked).toBe(Math.max(0, at - 1));
      await scene.run(scene.clock.sleep(60_000));
    }
    expect(scene.seen.map(({ envelope }) => envelope.beacon)).toEqual([
      ...[beacons.old, beacons.newer, beacons.newer],
      ...[beacons.old, beacons.newer],
    ]);
  });

  it('signs where MACs were asked for and the gateway has none; and proves that the key asks', async () => {
    const { sender, run, opened, seen, beat } = createScene([], { mac: true, sessions: ['UNSUPPORTED'] });
    await run(sender.send([beat()]));
    const [first, second] = opened as [SessionRequest, SessionRequest];
    const { sentAt = 0, signature = '0x' } = first.macProof ?? {};
    expect(
      verify(null, toMacProofBytes(first.signature, sentAt), createPublicKey(privateKey), toBytes(signature)),
    ).toBe(true);
    expect(second).not.toHaveProperty('mac');
    expect(seen[0]?.headers).toHaveProperty([headerNames.signature]);
  });

  it('gives up what grew too old while it was stopped, and sends what did not', async () => {
    const { sender, run, clock, seen, saved, given, events, beat } = createScene(Array(400).fill('unreachable'));
    const sent = [sender.send([beat(0)]), clock.sleep(60_000).then(() => sender.send([beat(0, SLOT + 1)]))];
    await run(clock.sleep(61_000));
    await run(sender.close());
    await run(Promise.all(sent));
    await run(clock.sleep(60_000));
    const before = seen.length;
    const after = createSender({
      ...given,
      state: saved.at(-1),
      post: async (path, headers, body) => {
        await given.post(path, headers, body).catch(() => undefined);
        return { status: 200, headers: {}, body: '{"code":"ACCEPTED","written":1}' };
      },
    });
    const outcomes = await run(after.resume());
    expect(outcomes.map(({ kind }) => kind)).toEqual(['dropped', 'taken']);
    expect(seen.slice(before).map(({ envelope }) => envelope.firstSlot)).toEqual([SLOT + 1]);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'dropped', code: 'STALE', beats: [beat(0)] }));
  });

  it('says nothing a second time when the clocks were set back by an hour, also after a restart', async () => {
    const { sender, run, seen, saved, given, beat } = createScene();
    for (let at = 0; at < 20; at += 1) await run(sender.send([beat(0, SLOT + at)]));
    const before = seen.length;
    await run(sender.send([beat(0, SLOT - 40), beat(0, SLOT + 3)]));
    const after = createSender({ ...given, state: JSON.parse(JSON.stringify(saved.at(-1))) });
    await run(after.send([beat(0, SLOT + 4), beat(0, SLOT + 19)]));
    expect(seen).toHaveLength(before);
    await run(after.send([beat(0, SLOT + 20)]));
    expect(seen).toHaveLength(before + 1);
    // A clock that was days ahead was wrong then, and is right now: its beats are as good as any, if only they were young.
    expect(await run(after.send([beat(0, SLOT - 3_000)]))).toMatchObject([{ code: 'STALE' }]);
    expect(await run(after.send([beat(0, SLOT - 30)]))).toEqual([]);
  });

  it('keeps a thousand batches at most, and gives up the oldest', async () => {
    const { sender, run, clock, events, beat } = createScene(Array(9_000).fill('unreachable'), {
      nodes: Array.from({ length: 1_100 }, (_, node) => `n:${node}`),
    });
    const sent = Array.from({ length: 1_010 }, (_, node) => sender.send([beat(node)]));
    await run(clock.sleep(3_000));
    expect(sender.waiting()).toBe(1_000);
    const dropped = events.flatMap((event) => (event.kind === 'dropped' ? event.beats : []));
    expect(dropped.map(({ node }) => node).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await run(sender.close());
    await run(Promise.all(sent));
  });
});
