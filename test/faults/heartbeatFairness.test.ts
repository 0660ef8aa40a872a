import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { sweepFlags } from '../../indexer/telemetry/rollup/sweepFlags.js';
import { toUptime } from '../../schema/heartbeat/uptime.js';
import { listSlots, openRollupWorld, type RollupWorld } from '../heartbeats/openRollupWorld.js';

const HOUR = 489_984;
const FULL = (1n << 60n) - 1n;

describe('faults of heartbeats that must be fair', () => {
  let world: RollupWorld;
  beforeEach(async () => {
    world = await openRollupWorld();
  });
  afterEach(() => world.end());

  const toBatch = (
    beats: readonly { nodeKey: number; slot: number; digest: bigint }[],
    rest: Partial<AcceptedBatch>,
  ) => ({
    ...{ delegationKey: 1, counter: 1, digest: Buffer.alloc(16, rest.counter ?? 1), observer: 1 },
    firstSlot: Math.min(...beats.map(({ slot }) => slot)),
    lastSlot: Math.max(...beats.map(({ slot }) => slot)),
    beats: beats.map((beat) => ({ ...beat, late: false, sentCs: 100, receivedCs: 120, rttUs: 20_000 })),
    ...rest,
  });

  it('fault 28: a collector that is down for 30 minutes costs coverage, and no node its uptime', async () => {
    const keys = await world.register('n', 12);
    const observer = await world.observe('here');
    const store = createBeatStore({ pool: world.pool, runtime: systemRuntime });
    const isOut = (slot: number) => slot >= (HOUR + 1) * 60 + 10 && slot < (HOUR + 1) * 60 + 40;
    /** The last node misses every tenth minute by itself. */
    const isSent = (nodeKey: number, slot: number) => nodeKey !== keys.at(-1) || slot % 10 !== 5;
    const slots = listSlots(HOUR, HOUR + 3);
    for (const [index, slot] of slots.entries()) {
      if (isOut(slot)) continue;
      const sent = keys.filter((nodeKey) => isSent(nodeKey, slot));
      const beats = sent.map((nodeKey) => ({ nodeKey, slot, digest: BigInt(slot) }));
      await store.write([toBatch(beats, { counter: index + 1, observer })], [{ observer, slot, bits: FULL }]);
    }
    await world.close({ atHour: HOUR + 2 });
    const { rows } = await world.pool.query(
      'select node_key, up, known, expected, maintenance, maintenance_up as "maintenanceUp" from node_day order by node_key',
    );
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      expect(row).toMatchObject({ known: 150, expected: 180 });
      expect(toUptime(row).uptimeRaw).toBe(row.node_key === keys.at(-1) ? 135 / 150 : 1);
      expect(toUptime(row).coverage).toBe(150 / 180);
    }
    const { rows: health } = await world.pool.query<{ healthy: string }>(
      'select healthy::text from network_hour where hour = $1',
      [HOUR + 1],
    );
    expect(BigInt(health[0]?.healthy ?? 0)).toBe(FULL & ~(((1n << 30n) - 1n) << 10n));
  });

  it("fault 28: a path to us that fails for five hours, while we are up, is nobody's downtime", async () => {
    const keys = await world.register('n', 12);
    const observer = await world.observe('here');
    const isOut = (slot: number) => slot >= (HOUR + 1) * 60 + 10 && slot < (HOUR + 6) * 60 + 10;
    const slots = listSlots(HOUR, HOUR + 8);
    await world.keepAlive(observer, slots);
    const heard = slots.filter((slot) => !isOut(slot));
    const beats = heard.flatMap((slot) => keys.map((nodeKey) => ({ nodeKey, slot, observer, digest: BigInt(slot) })));
    // What was heard in the first hour is closed last: it changes the health of all the hours behind it.
    await world.write(beats.filter(({ slot }) => slot >= (HOUR + 1) * 60));
    await world.write(beats.filter(({ slot }) => slot === HOUR * 60));
    await world.close({ atHour: HOUR + 7 });
    await world.write(beats.filter(({ slot }) => slot < (HOUR + 1) * 60));
    await world.close({ atHour: HOUR + 7 });
    const { rows } = await world.pool.query('select up, known, expected from node_day order by node_key');
    expect(rows).toEqual(keys.map(() => ({ up: 180, known: 180, expected: 480 })));
  });

  it('fault 29: two machines with one key are flagged as clones within two slots', async () => {
    const [shared = 0, honest = 0] = await world.register('n', 2);
    const observer = await world.observe('here');
    const store = createBeatStore({ pool: world.pool, runtime: systemRuntime });
    const start = HOUR * 60 + 7;
    const send = (delegationKey: number, counter: number, beat: { nodeKey: number; slot: number; digest: bigint }) =>
      store.write([toBatch([beat], { delegationKey, counter, observer })]);
    const sweep = (slot: number) => sweepFlags({ pool: world.pool, now: (slot + 1) * 60_000 });
    for (const [index, slot] of [start, start + 1].entries()) {
      // The second machine counts from elsewhere. Each of its beats is rightly signed.
      await send(1, 100 + index, { nodeKey: shared, slot, digest: 1n });
      await send(1, 5_000 + index, { nodeKey: shared, slot, digest: 2n });
      await send(2, 1 + index, { nodeKey: honest, slot, digest: 3n });
      await sweep(slot);
    }
    const early = await world.pool.query(`select node_key, reason from beat_flag`);
    expect(early.rows).toEqual([{ node_key: shared, reason: 'clone' }]);
    // A batch whose beacon was too old was signed again, behind a newer one.
    await send(2, 4, { nodeKey: honest, slot: start + 3, digest: 3n });
    await send(2, 5, { nodeKey: honest, slot: start + 2, digest: 3n });
    // It had come, but its answer was lost: it was signed once more.
    await send(2, 6, { nodeKey: honest, slot: start + 2, digest: 3n });
    await sweep(start + 5);
    await sweep(start + 5);
    const { rows } = await world.pool.query(
      'select node_key, hour, reason, slots::text from beat_flag order by node_key, reason',
    );
    const slots = String(0b11n << 7n);
    expect(rows).toEqual([
      { node_key: shared, hour: HOUR, reason: 'clone', slots },
      { node_key: shared, hour: HOUR, reason: 'equivocation', slots },
    ]);
  });
});
