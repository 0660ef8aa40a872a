import { createRandom, type Random } from '../simulation/createRandom.js';
import { listModelled, listStored } from './compareHours.js';
import type { ModelledNode } from './modelHours.js';
import { listSlots, openRollupWorld, type RollupWorld, type StoredBeat } from './openRollupWorld.js';

/** A Monday in 2025, not on the edge of a day. */
const FIRST_HOUR = 486_005;
const HOURS = 7;
const NETWORK = 'rollup-model';

describe('hours that are closed', () => {
  let world: RollupWorld | undefined;
  afterEach(async () => {
    await world?.end();
    world = undefined;
  });

  it.each([
    { seed: 1, groups: ['a'], minObservers: 1 },
    { seed: 2, groups: ['a', 'b'], minObservers: 1 },
    { seed: 3, groups: ['a', 'b', 'c'], minObservers: 2 },
    { seed: 4, groups: ['a', 'a', 'b', 'c', 'd'], minObservers: 3 },
    { seed: 5, groups: ['a', 'a'], minObservers: 1 },
  ])(
    'are what the rules say slot by slot, whenever they were closed (seed $seed, groups $groups)',
    async ({ seed, groups, minObservers }) => {
      const random = createRandom(seed, 'rollup');
      world = await openRollupWorld();
      const drawn = await drawWorld(world, { random, groups });
      const lots = drawLots(random, drawn.beats);
      for (const lot of lots) {
        await world.write(lot.beats);
        if (lot.closesAt !== undefined) await world.close({ atHour: lot.closesAt, minObservers });
      }
      await world.close({ atHour: FIRST_HOUR + HOURS - 1, minObservers });
      const stored = await listStored(world.pool);
      const modelled = listModelled({ ...drawn, toHour: FIRST_HOUR + HOURS - 1, minObservers });
      expect(stored.records).toEqual(modelled.records);
      expect(stored.verdicts).toEqual(modelled.verdicts);
      expect(stored.days).toEqual(modelled.days);
      expect(stored.networkDays).toEqual(modelled.networkDays);
      expect(modelled.verdicts.length).toBeGreaterThan(100);
    },
  );
});

/** Nodes that come and go, observers with outages, beats that are missing, late, doubled and contradicted. */
async function drawWorld(
  world: RollupWorld,
  { random, groups }: { readonly random: Random; readonly groups: readonly string[] },
) {
  const keys = await world.register(NETWORK, 24);
  const observers = await Promise.all(
    groups.map(async (networkGroup, index) => ({
      ...{ networkGroup, observer: await world.observe(`observer-${index}`, networkGroup) },
    })),
  );
  const slots = listSlots(FIRST_HOUR, FIRST_HOUR + HOURS);
  const outages = observers.map(() => {
    const from = random.pick(slots);
    return { from, to: from + random.between(5, 90), seconds: random.pick([0, 30, 49]) };
  });
  const toAliveSeconds = (observer: number, slot: number) => {
    const outage = outages[observers.findIndex((one) => one.observer === observer)];
    return outage && slot >= outage.from && slot < outage.to ? outage.seconds : 60;
  };
  for (const [index, { observer }] of observers.entries()) {
    const outage = outages[index];
    const isOut = (slot: number) => outage !== undefined && slot >= outage.from && slot < outage.to;
    await world.keepAlive(
      observer,
      slots.filter((slot) => !isOut(slot)),
    );
    await world.keepAlive(observer, slots.filter(isOut), outage?.seconds);
  }
  const nodes = await drawNodes(world, random, keys);
  const quiet = { from: random.pick(slots), length: 12 };
  const beats: StoredBeat[] = [];
  for (const [index, { nodeKey }] of nodes.entries()) {
    const reliability = random.pick([1, 0.97, 0.8, 0.4]);
    const begins = index % 4 === 0 ? random.pick(slots) : FIRST_HOUR * 60;
    for (const slot of slots) {
      if (slot < begins || !random.chance(reliability)) continue;
      for (const { observer } of observers) {
        if (!random.chance(0.96)) continue;
        // Most of what an observer hears is lost somewhere before it.
        if (slot >= quiet.from && slot < quiet.from + quiet.length && observer === observers[0]?.observer && index > 4)
          continue;
        const late = random.chance(0.03);
        beats.push(drawBeat(random, { nodeKey, slot, observer, late }));
        if (random.chance(0.02)) beats.push(drawBeat(random, { nodeKey, slot, observer, late: random.chance(0.5) }));
      }
    }
  }
  return { nodes, observers, toAliveSeconds, beats };
}

function drawBeat(random: Random, place: Pick<StoredBeat, 'nodeKey' | 'slot' | 'observer' | 'late'>): StoredBeat {
  return {
    ...place,
    digest: BigInt(random.hex(7)) - (1n << 55n),
    rttUs: random.chance(0.9) ? random.between(1_000, 400_000) : undefined,
    utilPermille: random.chance(0.9) ? random.between(0, 1_000) : undefined,
  };
}

/** Some are known on chain, some of these leave and come back, some announce maintenance. */
async function drawNodes(
  world: RollupWorld,
  random: Random,
  keys: readonly number[],
): Promise<readonly ModelledNode[]> {
  const start = FIRST_HOUR * 3_600;
  const end = (FIRST_HOUR + HOURS) * 3_600;
  const nodes = keys.map((nodeKey, index): ModelledNode => {
    const from = random.between(start, end);
    const notice = random.between(FIRST_HOUR * 60, (FIRST_HOUR + HOURS) * 60);
    return {
      nodeKey,
      bornAt: index % 3 === 0 ? undefined : index % 3 === 1 ? 1_000 : random.between(start, end),
      away: index % 3 === 1 && index % 2 === 0 ? [{ from, to: from + random.between(10, 9_000) }] : undefined,
      maintenance: index % 5 === 0 ? [{ from: notice, to: notice + random.between(1, 200) }] : undefined,
    };
  });
  await writeFacts(world, nodes);
  return nodes;
}

async function writeFacts({ pool }: RollupWorld, nodes: readonly ModelledNode[]): Promise<void> {
  // A block a second, so that heights are times.
  const times = nodes.flatMap(({ bornAt, away = [] }) => [bornAt ?? 0, ...away.flatMap(({ from, to }) => [from, to])]);
  await pool.query(
    `insert into block (chain_id, height, hash, time)
     select distinct 1, second, '\\x00'::bytea, to_timestamp(second) from unnest($1::int[]) as second`,
    [times],
  );
  for (const { nodeKey, bornAt, away = [], maintenance = [] } of nodes) {
    for (const { from, to } of maintenance) {
      await pool.query(`insert into maintenance_notice values ($1, $2, $3, '\\x00', now())`, [nodeKey, from, to]);
    }
    if (bornAt === undefined) continue;
    await pool.query(
      `insert into node (id, network_id, chain_id, native_id, height, time)
       select node_id, network_id, 1, node_id, $2::int, to_timestamp($2::int) from heartbeat_node where node_key = $1`,
      [nodeKey, bornAt],
    );
    const changes = [
      { at: bornAt, active: true },
      ...away.flatMap(({ from, to }) => [
        { at: from, active: false },
        { at: to, active: true },
      ]),
    ];
    for (const [index, { at, active }] of changes.entries()) {
      await pool.query(
        `insert into node_version (node_id, height_from, height_to, chain_id, active)
         select node_id, $2, $3, 1, $4 from heartbeat_node where node_key = $1`,
        [nodeKey, at, changes[index + 1]?.at ?? null, active],
      );
    }
  }
}

interface Lot {
  readonly beats: readonly StoredBeat[];
  /** Hours up to this one are closed after it. */
  readonly closesAt?: number;
}

/** In any order, some of them twice, with hours closed in between, also before all of their beats are there. */
function drawLots(random: Random, beats: readonly StoredBeat[]): readonly Lot[] {
  const shuffled = [...beats, ...beats.filter(() => random.chance(0.1))]
    .map((beat) => ({ beat, order: random.next() }))
    .sort((one, other) => one.order - other.order)
    .map(({ beat }) => beat);
  const size = Math.ceil(shuffled.length / 5);
  return Array.from({ length: 5 }, (_, index) => ({
    beats: shuffled.slice(index * size, (index + 1) * size),
    closesAt: index === 0 ? undefined : FIRST_HOUR + random.between(0, HOURS - 1),
  }));
}
