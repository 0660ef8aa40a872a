import fc from 'fast-check';
import type pg from 'pg';
import { createSeededRandom } from '../../indexer/lib/createSeededRandom.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import { type BeatStore, createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { createPool } from '../../schema/database.js';
import type { Log } from '../../schema/lib/log.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { makeBatch, makeBeat, SLOT } from './makeBatches.js';

let database: TestDatabase;
let pools: readonly pg.Pool[];
let stores: readonly BeatStore[];
/** Whatever a store had to do again, such as for a deadlock. */
const waits: unknown[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  pools = ['one', 'other'].map((role) => createPool(database.url, { role, max: 4 }));
  const log = { warn: (fields: unknown) => void waits.push(fields) } as unknown as Log;
  stores = pools.map((pool) => createBeatStore({ pool, runtime: systemRuntime, log }));
  await ensureSlots(getPool(), SLOT, SLOT + 180);
});
afterEach(() => expect(waits).toEqual([]));
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await database.drop();
});

function getPool(): pg.Pool {
  const [pool] = pools;
  if (!pool) throw new Error('Expected an open pool.');
  return pool;
}

async function read(text: string): Promise<readonly Record<string, unknown>[]> {
  return (await getPool().query(text)).rows;
}

/** All that the two have written, in rows that can be compared. */
async function dump() {
  return {
    hours: await read('select node_key, hour, observer, up::text, late::text from node_hour_open order by 1, 2, 3'),
    batches: await read('select delegation_key, counter, first_slot, last_slot, digest from beat_batch order by 1, 2'),
    hardware: await read('select node_key, slot, digest::text, gpu_model from node_hardware order by 1'),
    raw: await read(`
      select delegation_key, counter, node_key, slot, digest::text, observer, rtt_us from heartbeat
      order by 1, 2, 3, 4, 5, 6, 7`),
    flags: await read('select count(*) from beat_flag'),
  };
}

async function clear(): Promise<void> {
  await getPool().query('truncate beat_batch, heartbeat, node_hour_open, node_hardware, beat_flag');
}

/** Gives the groups to the stores, both at work at once, each several calls at a time. */
async function writeGroups(groups: readonly (readonly AcceptedBatch[])[]): Promise<void> {
  const left = groups.map((group, index) => ({ group, store: stores[index % stores.length] }));
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) await next.store?.write(next.group);
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

/** The same state from the batches themselves, without the store. */
function toExpectedHours(batches: readonly AcceptedBatch[]) {
  const hours = new Map<string, { up: bigint; late: bigint }>();
  for (const { beats, observer } of batches) {
    for (const { nodeKey, slot, late } of beats) {
      const key = `${nodeKey} ${Math.floor(slot / 60)} ${observer}`;
      const known = hours.get(key) ?? { up: 0n, late: 0n };
      known[late ? 'late' : 'up'] |= 2n ** BigInt(slot % 60);
      hours.set(key, known);
    }
  }
  return [...hours].map(([key, { up, late }]) => {
    const [node_key, hour, observer] = key.split(' ').map(Number);
    return { node_key, hour, observer, up: String(up), late: String(late) };
  });
}

const byKeys = (one: Record<string, unknown>, other: Record<string, unknown>) =>
  Number(one.node_key) - Number(other.node_key) ||
  Number(one.hour) - Number(other.hour) ||
  Number(one.observer) - Number(other.observer);

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}

function split<T>(items: readonly T[], sizes: () => number): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; ) {
    const size = Math.max(1, sizes());
    groups.push(items.slice(at, at + size));
    at += size;
  }
  return groups;
}

const beat = fc
  .record({
    nodeKey: fc.integer({ min: 1, max: 5 }),
    slot: fc.integer({ min: SLOT, max: SLOT + 130 }),
    late: fc.boolean(),
    digest: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    rttUs: fc.option(fc.integer({ min: 0, max: 30_000_000 }), { nil: undefined }),
    hardware: fc.option(fc.record({ gpuModel: fc.string(), gpuCount: fc.integer({ min: 0, max: 8 }) }), {
      nil: undefined,
    }),
  })
  .map(makeBeat);

const batches = fc.uniqueArray(
  fc
    .record({
      delegationKey: fc.integer({ min: 1, max: 3 }),
      counter: fc.integer({ min: 1, max: 6 }),
      observer: fc.integer({ min: 1, max: 2 }),
      beats: fc.array(beat, { minLength: 1, maxLength: 8 }),
    })
    .map(makeBatch),
  { selector: ({ delegationKey, counter }) => `${delegationKey} ${counter}`, minLength: 1, maxLength: 12 },
);

describe('what is stored of beats', () => {
  it('is the same for every order, repeat and split over two writers', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.integer(), async (given, seed) => {
        await clear();
        await stores[0]?.write(given);
        const expected = await dump();
        expect(expected.hours).toEqual(toExpectedHours(given).sort(byKeys));
        expect(expected.batches).toHaveLength(given.length);
        await clear();
        const random = createSeededRandom(seed);
        const repeated = given.flatMap((batch) => Array.from({ length: 1 + Math.floor(random() * 3) }, () => batch));
        await writeGroups(split(shuffle(repeated, random), () => Math.floor(random() * 6)));
        expect(await dump()).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for 100,000 beats in order and at once, and shuffled, repeated and split over two writers', async () => {
    const random = createSeededRandom(7);
    const given = Array.from({ length: 5_000 }, (_, index) => {
      const first = (index % 50) * 20 + 1;
      const slot = SLOT + Math.floor(index / 50);
      const beats = Array.from({ length: 20 }, (_, node) =>
        makeBeat({ nodeKey: first + node, slot, late: random() < 0.02, rttUs: Math.floor(random() * 50_000) }),
      );
      return makeBatch({ delegationKey: (index % 50) + 1, counter: Math.floor(index / 50) + 1, beats });
    });
    await clear();
    for (const group of split(given, () => 1_000)) await stores[0]?.write(group);
    const expected = await dump();
    expect(expected.raw).toHaveLength(100_000);
    expect(expected.hours).toEqual(toExpectedHours(given).sort(byKeys));
    await clear();
    const repeated = shuffle([...given, ...given.filter(() => random() < 0.3)], random);
    await writeGroups(split(repeated, () => 1 + Math.floor(random() * 400)));
    const found = await dump();
    for (const table of ['hours', 'batches', 'raw', 'hardware', 'flags'] as const)
      expect(found[table]).toEqual(expected[table]);
  }, 120_000);

  it('has every batch as written once, and as a duplicate for all others, among many writers at once', async () => {
    await clear();
    const given = Array.from({ length: 40 }, (_, index) =>
      makeBatch({ counter: index + 1, beats: [makeBeat({ nodeKey: index + 1 }), makeBeat({ nodeKey: 999 })] }),
    );
    const answers = await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        const order = shuffle(given, createSeededRandom(writer));
        const outcomes = (await stores[writer % 2]?.write(order)) ?? [];
        return order.map((batch, index) => ({ counter: batch.counter, outcome: outcomes[index] }));
      }),
    );
    const written = answers.flat().filter(({ outcome }) => outcome === 'written');
    expect(written.map(({ counter }) => counter).sort((one, other) => one - other)).toEqual(
      given.map(({ counter }) => counter),
    );
    expect(answers.flat().filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(5 * 40);
    expect(await read('select count(*) from heartbeat')).toEqual([{ count: 80 }]);
  });
});
