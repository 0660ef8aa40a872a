import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import { type BeatStore, createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { createRandom, type Random } from '../simulation/createRandom.js';
import { type DrawnBatches, drawBatches, repeatBatch } from './drawBatches.js';
import { listSlots, openRollupWorld, type RollupWorld } from './openRollupWorld.js';

/** `BEATS=1000000 npm test -- test/heartbeats/rollupSame` takes some minutes. */
const BEATS = Number(process.env.BEATS ?? 60_000);
const FROM_HOUR = 486_010;
const HOURS = 42;
const NODES = 10 * Math.ceil(BEATS / HOURS / 60 / 2 / 10);
const TO_HOUR = FROM_HOUR + HOURS - 1;
/** Batches in one commit. */
const FLUSH = 250;

interface Run {
  readonly world: RollupWorld;
  readonly batches: readonly AcceptedBatch[];
  readonly random: Random;
}

const runs: Readonly<Record<string, (run: Run) => Promise<void>>> = {
  async 'in order'({ world, batches }) {
    await writeAll(createStore(world), batches);
  },
  async 'in any order, with hours closed in between'({ world, batches, random }) {
    const store = createStore(world);
    const shuffled = shuffle(random, batches);
    for (let part = 0; part < 6; part += 1) {
      await writeAll(
        store,
        shuffled.filter((_, index) => index % 6 === part),
      );
      await world.close({ atHour: random.between(FROM_HOUR, TO_HOUR) });
    }
  },
  async 'every beat twice'({ world, batches, random }) {
    const again = [...batches, ...batches.map(repeatBatch)];
    await writeAll(createStore(world), again);
    await world.close({ atHour: random.between(FROM_HOUR, TO_HOUR) });
    // All of it once more: these are known for what they are.
    await writeAll(createStore(world), batches);
  },
  async 'split over two writers, while hours are closed'({ world, batches, random }) {
    const shuffled = shuffle(random, batches);
    const halves = [0, 1].map((half) => shuffled.filter((_, index) => index % 2 === half));
    let isWriting = true;
    const closing = (async () => {
      while (isWriting) await world.close({ atHour: random.between(FROM_HOUR, TO_HOUR) });
    })();
    await Promise.all(halves.map((half) => writeAll(createStore(world), half)));
    isWriting = false;
    await closing;
  },
};

describe('the same beats', () => {
  const worlds: RollupWorld[] = [];
  afterAll(() => Promise.all(worlds.map((world) => world.end())));

  it(
    `come to the same tables: ${Object.keys(runs).join('; ')}`,
    async () => {
      const dumps: Record<string, Readonly<Record<string, string>>> = {};
      let beats = 0;
      for (const [name, run] of Object.entries(runs)) {
        const world = await openRollupWorld();
        worlds.push(world);
        const drawn = await prepare(world);
        const batches = drawBatches(createRandom(7, 'beats'), drawn);
        beats = batches.reduce((sum, batch) => sum + batch.beats.length, 0);
        await run({ world, batches, random: createRandom(7, name) });
        await world.close({ atHour: TO_HOUR });
        expect((await world.pool.query('select from node_hour_open limit 1')).rows).toEqual([]);
        dumps[name] = await world.dump();
      }
      const [first, ...others] = Object.values(dumps);
      for (const other of others) expect(other).toEqual(first);
      expect(beats).toBeGreaterThan(BEATS * 0.8);
      expect(first?.node_hour).toMatch(new RegExp(`^${NODES * HOURS * 2} `));
      expect(first?.node_verdict).toMatch(/^\d{3,} /);
      expect(first?.beat_flag).toMatch(/^\d{2,} /);
    },
    60_000 + BEATS,
  );
});

async function prepare(world: RollupWorld): Promise<DrawnBatches> {
  const nodes = await world.register('same', NODES);
  const observers = [await world.observe('here'), await world.observe('there')];
  const slots = listSlots(FROM_HOUR, FROM_HOUR + HOURS);
  for (const [index, observer] of observers.entries()) {
    await world.keepAlive(
      observer,
      slots.filter((slot) => (slot + index * 600) % 1_300 > 25),
    );
  }
  await ensureSlots(world.pool, slots[0] ?? 0, slots.at(-1) ?? 0);
  return { nodes, observers, fromHour: FROM_HOUR, hours: HOURS };
}

function createStore({ pool }: RollupWorld): BeatStore {
  return createBeatStore({ pool, runtime: systemRuntime });
}

async function writeAll(store: BeatStore, batches: readonly AcceptedBatch[]): Promise<void> {
  for (let from = 0; from < batches.length; from += FLUSH) await store.write(batches.slice(from, from + FLUSH));
}

function shuffle<T>(random: Random, list: readonly T[]): readonly T[] {
  return list
    .map((item) => ({ item, order: random.next() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}
