import { closeHours } from '../../indexer/telemetry/rollup/closeHours.js';
import { sweepFlags } from '../../indexer/telemetry/rollup/sweepFlags.js';
import type { Hex } from '../../schema/lib/hex.js';
import { createRandom, type Random } from '../simulation/createRandom.js';
import { listModelled, listStored } from './compareHours.js';
import type { ModelledNode } from './modelHours.js';
import { type GatewayWorld, openGatewayWorld, type TestSession, toAccount, toNativeId } from './openGatewayWorld.js';
import type { StoredBeat } from './openRollupWorld.js';

const NODES = 50;
const FIRST_HOUR = 493_334;
const HOURS = 2;
const START = FIRST_HOUR * 3_600_000;
const END = START + HOURS * 3_600_000;
/** Requests that arrive within one tick are under way together. */
const TICK = 10_000;

/**
 * Real senders before a real gateway, in made-up time: clocks that drift and step, beats that come twice, late, out of order, or
 * not at all, a collector that goes away, keys that change, forgeries. What becomes of it is held against the rules alone.
 */
describe('the world of heartbeats', () => {
  let world: GatewayWorld | undefined;
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  it.each([11, 12])(
    'comes to what its senders did, by the rules (seed %i)',
    async (seed) => {
      const limits = { beatsPerNode: 1e6, failures: 1e6, namedFailures: 1e6, sessions: 1_000 };
      world = await openGatewayWorld({ limits });
      const random = createRandom(seed, 'world');
      world.clock.ms = START;
      const senders = await openSenders(world, random);
      const outage = { from: START + random.between(20, 80) * 60_000, to: 0 };
      outage.to = outage.from + random.between(5, 30) * 60_000;
      const truth = await play(world, { random, senders, outage });
      // First, for it tells why whatever comes below is otherwise.
      expect(truth.surprises).toEqual([]);
      await closeHours({ pool: world.pool, now: END + 700_000, minObservers: 1 });

      const modelled = listModelled({
        nodes: senders.map(({ nodeKey, notice }): ModelledNode => ({ nodeKey, bornAt: 1, maintenance: notice })),
        observers: [{ observer: world.observer, networkGroup: 'test' }],
        toAliveSeconds: (_, slot) => toAliveSeconds(slot, outage),
        // Clocks that are ahead may have begun the hour after.
        beats: truth.taken.filter(({ slot }) => slot < END / 60_000),
        toHour: FIRST_HOUR + HOURS - 1,
        minObservers: 1,
      });
      const stored = await listStored(world.pool);
      expect(stored.verdicts).toEqual(modelled.verdicts);
      expect(stored.networkDays).toEqual(modelled.networkDays);
      const toBits = (rows: readonly string[]) => rows.map((row) => row.split(' ').slice(0, 5).join(' '));
      expect(toBits(stored.records)).toEqual(toBits(modelled.records));
      // Nothing here happened by never happening.
      for (const count of Object.values(truth.seen)) expect(count).toBeGreaterThan(0);
    },
    120_000,
  );
});

interface Sender {
  readonly nodeKey: number;
  readonly nodeId: string;
  readonly account: ReturnType<typeof toAccount>;
  session: TestSession;
  /** The key that was taken back, and from when on, unix ms. */
  retired?: { readonly session: TestSession; readonly at: number };
  /** How far its clock is ahead, ms, and how that changes in a minute. */
  offset: number;
  readonly drift: number;
  /** The chance that it is up in a minute. */
  readonly reliability: number;
  readonly notice?: readonly { readonly from: number; readonly to: number }[];
}

async function openSenders(world: GatewayWorld, random: Random): Promise<Sender[]> {
  const senders: Sender[] = [];
  for (let index = 0; index < NODES; index += 1) {
    const account = toAccount(1_000 + index);
    const nodeId = await world.addNode(toNativeId(account));
    const session = await world.openSession({ account, nodes: [nodeId] });
    const rows = await world.rows(`select node_key from heartbeat_node where node_id = '${nodeId}'`);
    const from = FIRST_HOUR * 60 + random.between(0, 100);
    const notice = index % 10 === 0 ? [{ from, to: from + 20 }] : undefined;
    const nodeKey: number = rows[0].node_key;
    for (const one of notice ?? []) {
      await world.pool.query(`insert into maintenance_notice values ($1, $2, $3, '\\x00', now())`, [
        ...[nodeKey, one.from, one.to],
      ]);
    }
    senders.push({
      ...{ nodeKey, nodeId, account, session, notice },
      offset: random.between(-6_000, 4_000),
      drift: random.between(-60, 60),
      reliability: random.pick([1, 0.98, 0.9, 0.5]),
    });
  }
  return senders;
}

interface Delivery {
  readonly at: number;
  readonly sender: Sender;
  readonly sealed: { readonly body: string; readonly headers: Readonly<Record<string, string>> };
  readonly sentAt: number;
  readonly session: TestSession;
  readonly kind: 'first' | 'repeat' | 'forged' | 'retired';
}

interface Truth {
  /** Beats that the gateway had to take, by their times alone. */
  readonly taken: StoredBeat[];
  /** Answers that were others than the rules have. */
  readonly surprises: string[];
  readonly seen: Record<'accepted' | 'late' | 'future' | 'stale' | 'repeat' | 'forged' | 'retired' | 'lost', number>;
}

interface Outage {
  readonly from: number;
  readonly to: number;
}

async function play(
  world: GatewayWorld,
  { random, senders, outage }: { readonly random: Random; readonly senders: Sender[]; readonly outage: Outage },
): Promise<Truth> {
  const truth: Truth = {
    ...{ taken: [], surprises: [] },
    seen: { accepted: 0, late: 0, future: 0, stale: 0, repeat: 0, forged: 0, retired: 0, lost: 0 },
  };
  const underWay = new Map<number, Delivery[]>();
  const post = (delivery: Delivery) => underWay.set(delivery.at, [...(underWay.get(delivery.at) ?? []), delivery]);
  for (let now = START; now < END + 180_000; now += TICK) {
    world.clock.ms = now;
    const isOut = now >= outage.from && now < outage.to;
    if (now % 60_000 === 0) await beginMinute(world, { random, senders, now, outage });
    for (const sender of senders) {
      if (now < END) for (const delivery of send(world, { random, sender, now })) post(delivery);
    }
    const due = underWay.get(now) ?? [];
    underWay.delete(now);
    if (isOut) {
      // Nobody answers: its sender tries again until somebody does.
      for (const delivery of due) post({ ...delivery, at: now + 2 * TICK });
      truth.seen.lost += due.length;
    } else await Promise.all(due.map((delivery) => deliver(world, { delivery, now, truth })));
    // Flags and hours are looked at while beats arrive; at the end it must not matter when.
    if (now % 1_200_000 === 0) {
      await sweepFlags({ pool: world.pool, now });
      await closeHours({ pool: world.pool, now: now + (random.chance(0.5) ? 0 : 1_800_000), minObservers: 1 });
    }
  }
  return truth;
}

/** Blocks go on, the collector says that it lives, clocks drift and step, and some change their keys. */
async function beginMinute(
  world: GatewayWorld,
  options: {
    readonly random: Random;
    readonly senders: readonly Sender[];
    readonly now: number;
    readonly outage: Outage;
  },
): Promise<void> {
  const { random, senders, now, outage } = options;
  await world.mine(1);
  const slot = now / 60_000;
  const seconds = toAliveSeconds(slot, outage);
  if (seconds > 0) {
    await world.pool.query('insert into observer_slot values ($1, $2, $3)', [
      ...[world.observer, slot, String((1n << BigInt(seconds)) - 1n)],
    ]);
  }
  for (const sender of senders) {
    sender.offset = Math.max(-10_000, Math.min(10_000, sender.offset + sender.drift));
    if (random.chance(0.01)) sender.offset += random.pick([-150_000, -90_000, -20_000, 8_000, 60_000]);
    if (sender.retired || !random.chance(0.003)) continue;
    const isOut = now >= outage.from && now < outage.to;
    if (isOut) continue;
    await revoke(world, { sender, revokedAt: now / 1_000 });
    sender.retired = { session: sender.session, at: now };
    sender.session = await world.openSession({ account: sender.account, nodes: [sender.nodeId] });
  }
}

async function revoke(
  world: GatewayWorld,
  { sender, revokedAt }: { readonly sender: Sender; readonly revokedAt: number },
): Promise<void> {
  const { account, session } = sender;
  const node = account.address.toLowerCase() as Hex;
  const { delegation } = session;
  const signature = await world.signTyped(account, 'Revoke', { node, delegation, revokedAt: BigInt(revokedAt) });
  const network = world.network.definition.id;
  const answer = await world.post('/v1/revocations', { network, account: node, delegation, revokedAt, signature });
  expect(answer).toMatchObject({ status: 200 });
}

/** What leaves a sender in this tick: each has one in the minute. */
function send(
  world: GatewayWorld,
  { random, sender, now }: { readonly random: Random; readonly sender: Sender; readonly now: number },
): readonly Delivery[] {
  if (sender.nodeKey % 6 !== (now / TICK) % 6 || !random.chance(sender.reliability)) return [];
  const sentAt = now + sender.offset + random.between(0, 999);
  const beat = { node: 0, slot: Math.floor(sentAt / 60_000), sentAt, rttUs: random.between(1_000, 90_000) };
  const sealed = world.sealBatch(sender.session, [beat]);
  const toArrival = () =>
    now + TICK * random.pick([0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 5, 8, random.chance(0.3) ? 14 : 0] as const);
  const first: Delivery = { at: toArrival(), sender, sealed, sentAt, session: sender.session, kind: 'first' };
  const more: Delivery[] = [];
  if (random.chance(0.05)) more.push({ ...first, at: first.at + TICK * random.between(0, 2), kind: 'repeat' });
  if (random.chance(0.05)) {
    // The same words, and somebody else's signature; under a counter that is not used yet.
    const envelope = { counter: sender.session.counter + random.between(0, 50) };
    const headers = { 'computescan-signature': random.hex(64) };
    more.push({
      ...first,
      at: now,
      sealed: world.sealBatch(sender.session, [beat], { envelope, headers }),
      kind: 'forged',
    });
  }
  if (sender.retired && random.chance(0.3)) {
    const { session } = sender.retired;
    more.push({ ...first, at: now, session, sealed: world.sealBatch(session, [beat]), kind: 'retired' });
  }
  return [first, ...more];
}

async function deliver(
  world: GatewayWorld,
  { delivery, now, truth }: { readonly delivery: Delivery; readonly now: number; readonly truth: Truth },
): Promise<void> {
  const { sender, sealed, sentAt, kind } = delivery;
  const { status, body } = await world.post('/v1/heartbeats', sealed.body, { headers: sealed.headers });
  const expected = toExpected(delivery, now);
  const slot = Math.floor(sentAt / 60_000);
  // The same minute twice, by a clock that was set back, is contradicted and kept.
  const isRight = expected.statuses.includes(status);
  if (!isRight) truth.surprises.push(`${kind} of ${sentAt} at ${now}: ${status} ${body.code}, not ${expected.verdict}`);
  truth.seen[expected.verdict] += 1;
  if (kind === 'repeat') truth.seen.repeat += 1;
  if (expected.verdict !== 'accepted' && expected.verdict !== 'late') return;
  // One that was late when it came again was in time before, or the other way round: a batch is taken once.
  const place = { nodeKey: sender.nodeKey, slot, observer: world.observer, digest: BigInt(sentAt) };
  if (body.code !== 'DUPLICATE') truth.taken.push({ ...place, late: expected.verdict === 'late' });
}

/** By the table of docs/heartbeat.md. */
function toExpected({ sender, session, sentAt, kind }: Delivery, now: number) {
  const end = (Math.floor(sentAt / 60_000) + 1) * 60_000;
  const byTime =
    sentAt - now > 5_000 ? 'future' : now - sentAt > 120_000 ? 'stale' : now >= end + 30_000 ? 'late' : 'accepted';
  const isRefused = byTime === 'future' || byTime === 'stale';
  if (kind === 'forged') return { verdict: kind, statuses: isRefused ? [401, 422] : [401] } as const;
  // What was under way when the key was taken back counts if it was sent before.
  const { retired } = sender;
  if (retired?.session === session && sentAt >= retired.at) {
    return { verdict: 'retired', statuses: isRefused ? [403, 422] : [403] } as const;
  }
  return { verdict: byTime, statuses: isRefused ? [422, 200] : [200, 409] } as const;
}

/** The collector begins with the world; its outages begin and end on whole minutes. */
function toAliveSeconds(slot: number, { from, to }: Outage): number {
  const start = slot * 60_000;
  return start < START || (start >= from && start < to) ? 0 : 60;
}
