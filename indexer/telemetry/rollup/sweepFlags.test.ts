import { listSlots, openRollupWorld, type RollupWorld } from '../../../test/heartbeats/openRollupWorld.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import type { AcceptedBatch } from '../beats/AcceptedBatch.js';
import { createBeatStore } from '../beats/createBeatStore.js';
import { type Swept, sweepFlags } from './sweepFlags.js';

const HOUR = 489_990;

describe('flags', () => {
  let world: RollupWorld;
  beforeAll(async () => {
    world = await openRollupWorld();
  });
  afterAll(() => world.end());

  const list = async () =>
    (await world.pool.query('select node_key, hour, reason, slots::text, detail from beat_flag order by 1, 2, 3')).rows;

  const takeMarks = async () => {
    const { rows } = await world.pool.query(
      `with taken as (delete from mark returning family, subject, hour)
       select distinct family, subject, (extract(epoch from hour) / 3600)::int as hour from taken order by 2, 3`,
    );
    return rows;
  };
  const toMark = (subject: string, hour: number) => ({ family: 'uptime', subject, hour });

  it('name hardware that falls short of what the chain has, and say in what', async () => {
    const [honest = 0, liar = 0, silent = 0] = await world.register('hardware', 3);
    await world.pool.query(
      `insert into node (id, network_id, chain_id, native_id, height, time, gpu_model, gpu_count)
       select node_id, network_id, 1, node_id, 1, to_timestamp(1), 'NVIDIA H100 80GB HBM3', 8 from heartbeat_node
       where node_key <> $1`,
      [silent],
    );
    const observer = await world.observe('here');
    const store = createBeatStore({ pool: world.pool, runtime: systemRuntime });
    const slot = HOUR * 60 + 3;
    const say = (nodeKey: number, gpuModel: string) => ({
      ...{ nodeKey, slot, late: false, digest: 1n, sentCs: 1, receivedCs: 2 },
      hardware: { gpuModel, gpuCount: 8 },
    });
    const beats = [say(honest, 'H100 SXM5'), say(liar, 'RTX 4090'), say(silent, 'RTX 4090')];
    const digest = Buffer.alloc(16);
    await store.write([{ delegationKey: 1, counter: 1, firstSlot: slot, lastSlot: slot, digest, observer, beats }]);
    await sweepFlags({ pool: world.pool, now: slot * 60_000 });
    await sweepFlags({ pool: world.pool, now: (slot + 1) * 60_000 });
    const machine = (gpuModel: string) => ({ gpuModel, gpuCount: 8, vramMb: null });
    expect(await list()).toEqual([
      {
        ...{ node_key: liar, hour: HOUR, reason: 'hardware', slots: '8' },
        detail: { gaps: ['model'], claimed: machine('NVIDIA H100 80GB HBM3'), said: machine('RTX 4090') },
      },
    ]);
    expect(await takeMarks()).toEqual([toMark('hardware', HOUR)]);
    await sweepFlags({ pool: world.pool, now: (slot + 1) * 60_000 });
    expect(await takeMarks()).toEqual([]);
  });

  it('name nodes whose readings stand still for an hour, once it is closed', async () => {
    await world.pool.query('truncate beat_flag');
    const [still = 0, short = 0, alive = 0, bare = 0] = await world.register('still', 4);
    const observer = await world.observe('here');
    const slots = listSlots(HOUR + 1, HOUR + 2);
    await world.keepAlive(observer, slots);
    const say = (nodeKey: number, slot: number, rttUs: number | undefined) => ({
      ...{ nodeKey, slot, observer, digest: BigInt(slot), rttUs, utilPermille: 500, memoryPermille: 250 },
    });
    await world.write(slots.slice(20, 50).map((slot) => say(still, slot, 7_000)));
    await world.write(slots.slice(20, 49).map((slot) => say(short, slot, 7_000)));
    await world.write(slots.map((slot) => say(alive, slot, 7_000 + (slot === slots[9] ? 1 : 0))));
    await world.write(slots.map((slot) => say(bare, slot, undefined)));
    await world.close({ atHour: HOUR + 1 });
    expect(await list()).toMatchObject([
      { node_key: still, hour: HOUR + 1, reason: 'frozen', slots: String(((1n << 30n) - 1n) << 20n) },
    ]);
  });

  it('name two beats for one slot, by whichever observers they came', async () => {
    await world.pool.query('truncate beat_flag');
    const [one = 0, other = 0, honest = 0] = await world.register('double', 3);
    const [here, there] = [await world.observe('here'), await world.observe('there')];
    const slot = (HOUR + 2) * 60;
    const beat = (nodeKey: number, observer: number, digest: bigint) => ({ nodeKey, slot, observer, digest });
    await world.write([beat(one, here, 1n), beat(one, here, 2n), beat(other, here, 1n), beat(other, there, -1n)]);
    await world.write([beat(honest, here, 5n), beat(honest, there, 5n), beat(honest, here, 5n)]);
    await sweepFlags({ pool: world.pool, now: slot * 60_000 });
    expect(await list()).toEqual([]);
    await sweepFlags({ pool: world.pool, now: (slot + 4) * 60_000 });
    const found = [one, other].map((node_key) => ({
      ...{ node_key, hour: HOUR + 2, reason: 'equivocation', slots: '1', detail: {} },
    }));
    expect(await list()).toEqual(found);
    expect(await takeMarks()).toContainEqual(toMark('double', HOUR + 2));
    await world.pool.query('truncate beat_flag');
    // Nobody swept in time: closing the hour finds them again.
    await world.close({ atHour: HOUR + 2 });
    expect(await list()).toEqual(found);
  });

  const toBatch = (
    slot: number,
    rest: Partial<AcceptedBatch> & { readonly nodeKey: number; readonly body: number },
  ) => ({
    ...{ delegationKey: 1, counter: 1, observer: 1, firstSlot: slot, lastSlot: slot },
    digest: Buffer.alloc(16, rest.body),
    beats: [{ ...{ nodeKey: rest.nodeKey, slot, late: false }, digest: BigInt(rest.body), sentCs: 1, receivedCs: 2 }],
    ...rest,
  });

  it('name what two observers have under one counter that is not the same', async () => {
    await world.pool.query('truncate beat_flag, beat_batch');
    const [one = 0, honest = 0] = await world.register('counter', 2);
    const [here, there] = [await world.observe('here'), await world.observe('there')];
    const slot = (HOUR + 3) * 60 + 5;
    const store = createBeatStore({ pool: world.pool, runtime: systemRuntime });
    await store.write([
      toBatch(slot, { nodeKey: one, body: 1, observer: here }),
      toBatch(slot + 2, { nodeKey: one, body: 2, observer: there }),
      // Sent to both, and an answer that was lost: the first batch came, and its beat came again under a higher counter.
      toBatch(slot, { nodeKey: honest, body: 3, observer: here, delegationKey: 2, counter: 1 }),
      toBatch(slot, { nodeKey: honest, body: 3, observer: there, delegationKey: 2, counter: 1 }),
      toBatch(slot + 1, { nodeKey: honest, body: 4, observer: here, delegationKey: 2, counter: 2 }),
      toBatch(slot, {
        nodeKey: honest,
        body: 3,
        observer: here,
        delegationKey: 2,
        counter: 3,
        digest: Buffer.alloc(16, 9),
      }),
    ]);
    await sweepFlags({ pool: world.pool, now: (slot + 4) * 60_000 });
    expect(await list()).toEqual([
      { node_key: one, hour: HOUR + 3, reason: 'counterReused', slots: String(0b101n << 5n), detail: {} },
    ]);
    expect(await takeMarks()).toContainEqual(toMark('counter', HOUR + 3));
  });

  it('mark an hour that is closed already, once for all that is new in it', async () => {
    await world.pool.query('truncate beat_flag, beat_batch');
    const [one = 0, other = 0] = await world.register('after', 2);
    const observer = await world.observe('here');
    const slot = (HOUR + 6) * 60 + 59;
    await world.keepAlive(observer, listSlots(HOUR + 6, HOUR + 7));
    await world.write([{ nodeKey: one, slot, observer, digest: 1n }]);
    await world.close({ atHour: HOUR + 6 });
    await takeMarks();
    await world.write([
      { nodeKey: one, slot, observer, digest: 2n },
      ...[1n, 2n].map((digest) => ({ nodeKey: other, slot, observer, digest })),
    ]);
    const sweep = () => sweepFlags({ pool: world.pool, now: (slot + 4) * 60_000 });
    await sweep();
    expect(await list()).toMatchObject([one, other].map((node_key) => ({ node_key, hour: HOUR + 6 })));
    const { rows } = await world.pool.query(`select count(*)::int as marks from mark where subject = 'after'`);
    expect(rows).toEqual([{ marks: 1 }]);
    expect(await takeMarks()).toEqual([toMark('after', HOUR + 6)]);
    await sweep();
    expect(await takeMarks()).toEqual([]);
  });

  it('are looked for once in each slot, and once more where batches came late', async () => {
    await world.pool.query('truncate beat_flag, beat_batch');
    const [nodeKey = 0] = await world.register('late', 1);
    const observer = await world.observe('here');
    const store = createBeatStore({ pool: world.pool, runtime: systemRuntime });
    const slot = (HOUR + 4) * 60 + 20;
    const sweep = (at: number, swept?: Swept) => sweepFlags({ pool: world.pool, now: (slot + at) * 60_000, swept });
    await store.write([toBatch(slot, { nodeKey, body: 1, observer })]);
    const first = await sweep(4);
    expect(first.batches.get(slot)).toBe(1);
    await store.write([toBatch(slot, { nodeKey, body: 2, observer, counter: 2 })]);
    const second = await sweep(5, first);
    expect(second).toMatchObject({ toSlot: slot + 1, atSlot: slot + 5 });
    expect(await list()).toEqual([]);
    const third = await sweep(10, second);
    expect(await list()).toMatchObject([{ node_key: nodeKey, reason: 'equivocation', slots: String(1n << 20n) }]);
    expect(third.batches.has(slot)).toBe(false);
  });
});
