import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { makeBatch, makeBeat, SLOT } from '../../../test/heartbeats/makeBatches.js';
import { createTestDatabase, type TestDatabase } from '../../../test/testDatabase.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import { type BeatStore, createBeatStore } from './createBeatStore.js';
import { ensureSlots } from './partitions.js';

let database: TestDatabase;
let pool: pg.Pool;
let store: BeatStore;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test' });
  store = createBeatStore({ pool, runtime: systemRuntime });
  await ensureSlots(pool, SLOT, SLOT);
});
beforeEach(async () => {
  await pool.query('truncate beat_batch, heartbeat, node_hour_open, node_hardware, beat_flag, observer_slot');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function read(text: string): Promise<readonly unknown[]> {
  return (await pool.query(text)).rows;
}
const readHours = () => read('select node_key, hour, up::text, late::text from node_hour_open order by 1, 2');

describe('the store of beats', () => {
  it('keeps everything that a beat says', async () => {
    const said = { rttUs: 1_500, utilPermille: 750, memoryPermille: 500, jobs: 3 };
    const beat = makeBeat({ ...said, nodeKey: 7, digest: -(2n ** 63n), sentCs: -12, receivedCs: 9_000 });
    const outcomes = await store.write([
      makeBatch({ delegationKey: 3, counter: 9, observer: 2, beats: [beat, makeBeat({ nodeKey: 8, late: true })] }),
    ]);
    expect(outcomes).toEqual(['written']);
    const rows = await read(`
      select digest::text, node_key, slot, delegation_key, counter, observer, rtt_us, util_permille, memory_permille, jobs,
        sent_cs, received_cs
      from heartbeat order by node_key`);
    expect(rows[0]).toEqual({
      ...{ digest: String(beat.digest), node_key: 7, slot: SLOT, delegation_key: 3, counter: 9, observer: 2 },
      ...{ rtt_us: 1_500, util_permille: 750, memory_permille: 500, jobs: 3, sent_cs: -12, received_cs: 9_000 },
    });
    expect(rows[1]).toMatchObject({
      node_key: 8,
      rtt_us: null,
      util_permille: null,
      memory_permille: null,
      jobs: null,
    });
    const bit = String(1n << BigInt(SLOT % 60));
    const hour = Math.floor(SLOT / 60);
    expect(await readHours()).toEqual([
      { node_key: 7, hour, up: bit, late: '0' },
      { node_key: 8, hour, up: '0', late: bit },
    ]);
  });

  it('knows the same batch again, in one call, in the next and from another store', async () => {
    const batch = makeBatch({ beats: [makeBeat({ nodeKey: 1 }), makeBeat({ nodeKey: 2 })] });
    expect(await store.write([batch, { ...batch }, batch])).toEqual(['written', 'duplicate', 'duplicate']);
    expect(await store.write([batch])).toEqual(['duplicate']);
    const other = createBeatStore({ pool, runtime: systemRuntime });
    expect(await other.write([batch, makeBatch({ counter: 2 })])).toEqual(['duplicate', 'written']);
    expect(await read('select counter, count(*) from heartbeat group by 1 order by 1')).toEqual([
      { counter: 1, count: 2 },
      { counter: 2, count: 1 },
    ]);
  });

  it('takes one batch from each observer that it was sent to', async () => {
    const batch = makeBatch();
    expect(await store.write([batch, { ...batch, observer: 2 }, batch])).toEqual(['written', 'written', 'duplicate']);
    expect(await read('select observer from node_hour_open order by 1')).toEqual([{ observer: 1 }, { observer: 2 }]);
    expect(await store.write([{ ...batch, observer: 2 }])).toEqual(['duplicate']);
  });

  it('writes nothing of another batch under a counter that is taken, and flags its nodes', async () => {
    const first = makeBatch({ beats: [makeBeat({ nodeKey: 1 })] });
    const second = makeBatch({
      beats: [makeBeat({ nodeKey: 2 }), makeBeat({ nodeKey: 2, slot: SLOT + 1, late: true })],
    });
    const third = makeBatch({ beats: [makeBeat({ nodeKey: 3 })] });
    expect(await store.write([first, second])).toEqual(['written', 'conflict']);
    expect(await store.write([third, second, first])).toEqual(['conflict', 'conflict', 'duplicate']);
    expect(await read('select node_key from heartbeat')).toEqual([{ node_key: 1 }]);
    expect(await read('select node_key from node_hour_open')).toEqual([{ node_key: 1 }]);
    const bit = 1n << BigInt(SLOT % 60);
    expect(await read('select node_key, reason, slots::text from beat_flag order by 1')).toEqual([
      { node_key: 2, reason: 'counterReused', slots: String(bit | (bit << 1n)) },
      { node_key: 3, reason: 'counterReused', slots: String(bit) },
    ]);
  });

  it('takes the last word of a node about its machine, and of two in one slot that with the smaller digest', async () => {
    const say = (counter: number, slot: number, digest: bigint, gpuModel: string) =>
      makeBatch({ counter, beats: [makeBeat({ slot, digest, hardware: { gpuModel, gpuCount: 1, vramMb: 80_000 } })] });
    const said = [
      say(1, SLOT, 5n, 'first'),
      say(2, SLOT + 1, 9n, 'larger'),
      say(3, SLOT + 1, -4n, ' A\u0000\u202e100 \ud800'),
      say(4, SLOT - 1, -9n, 'earlier'),
    ];
    const expected = [{ gpu_model: 'A 100', gpu_count: 1, vram_mb: 80_000, slot: SLOT + 1 }];
    const latest = 'select gpu_model, gpu_count, vram_mb, slot from node_hardware';
    await store.write(said);
    expect(await read(latest)).toEqual(expected);
    await pool.query('truncate node_hardware, beat_batch');
    for (const batch of said.toReversed()) await store.write([batch]);
    expect(await read(latest)).toEqual(expected);
  });

  it('adds the seconds of observers', async () => {
    await store.write([], [{ observer: 1, slot: SLOT, bits: 0b101n }]);
    await store.write(
      [makeBatch()],
      [
        ...[1, 2].map((observer) => ({ observer, slot: SLOT, bits: 0b010n })),
        { observer: 1, slot: SLOT, bits: 1n << 59n },
      ],
    );
    expect(await read('select observer, slot, alive::text from observer_slot order by 1')).toEqual([
      { observer: 1, slot: SLOT, alive: String((1n << 59n) | 7n) },
      { observer: 2, slot: SLOT, alive: '2' },
    ]);
  });

  it('makes the day of a beat that has none', async () => {
    const slot = SLOT - 30 * 1_440;
    expect(await store.write([makeBatch({ beats: [makeBeat({ slot }), makeBeat()] })])).toEqual(['written']);
    expect(await read('select slot from heartbeat order by 1')).toEqual([{ slot }, { slot: SLOT }]);
  });

  it('is durable on a server that need not be by itself', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await pool.query(`alter database ${name} set synchronous_commit = off`);
    await pool.query(`
      create table seen (setting text);
      create function note() returns trigger language plpgsql as $$
        begin insert into seen select current_setting('synchronous_commit'); return null; end $$;
      create trigger noting after insert on beat_batch for each statement execute function note()`);
    const fresh = createPool(database.url, { role: 'test' });
    try {
      await createBeatStore({ pool: fresh, runtime: systemRuntime }).write([makeBatch({ counter: 50 })]);
      expect(await read('select setting from seen')).toEqual([{ setting: 'on' }]);
    } finally {
      await fresh.end();
      await pool.query('drop trigger noting on beat_batch');
    }
  });
});
