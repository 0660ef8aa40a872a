import { nodes, providers } from '../../devnet/computeMarket/cast.js';
import { badLine, clocks, clone, liar } from '../../devnet/heartbeats/conducts.js';
import { closeHours, toDueHour } from '../../indexer/telemetry/rollup/closeHours.js';
import { sweepFlags } from '../../indexer/telemetry/rollup/sweepFlags.js';
import { countBits, SLOTS_PER_HOUR, toBit, toHour } from '../../schema/heartbeat/slots.js';
import { type DevnetWorld, openDevnetWorld } from './openDevnetWorld.js';
import { type LiveDevnet, openLiveDevnet } from './openLiveDevnet.js';

const dayS = 86_400;
const endsAt = 1_763_700_000;
const origin = { seed: 1, startsAt: endsAt - 90 * dayS, endsAt };
const fullMinute = 2n ** 60n - 1n;

interface Sums {
  readonly up: number;
  readonly known: number;
  readonly expected: number;
  readonly late: number;
}

describe('the past of the devnet', () => {
  let world: DevnetWorld;
  beforeAll(async () => {
    world = await openDevnetWorld(origin);
    await world.writeFacts();
    await world.writePast(1);
    await closeHours({ pool: world.pool, now: endsAt * 1_000, minObservers: 1 });
  }, 240_000);
  afterAll(() => world.end());

  it('comes out of the rollups as the script has it: every node, every slot of ninety days', async () => {
    const keys = await world.register();
    const end = (toDueHour(endsAt * 1_000) + 1) * SLOTS_PER_HOUR;
    const { rows } = await world.pool.query<Sums & { node_key: number }>(
      `select node_key, sum(up)::int as up, sum(known)::int as known, sum(expected)::int as expected, sum(late)::int as late
       from node_day group by node_key`,
    );
    const found = new Map(rows.map(({ node_key, ...sums }) => [node_key, sums]));
    expect(found.size).toBe(nodes.length);
    for (const [position, key] of keys.entries()) {
      const { name } = providers[nodes[position]?.provider ?? -1] ?? {};
      expect({ name, position, ...found.get(key) }).toEqual({ name, position, ...sumScript(world, position, end) });
    }
  });

  it('flags of its last day the readings of the liar that never change, and the key that two machines share', async () => {
    const { rows } = await world.pool.query<{ name: string; reason: string; hours: number }>(
      `select name, reason, count(distinct hour)::int as hours
       from beat_flag join heartbeat_node using (node_key) join provider on provider.id = heartbeat_node.provider_id
       group by name, reason order by name, reason`,
    );
    expect(rows.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      `${clone.provider}: equivocation`,
      `${liar.provider}: frozen`,
    ]);
    for (const { hours } of rows) expect(hours).toBeGreaterThan(20);
  });
});

describe('the devnet live', () => {
  /** A quarter past the end of the history: both wrong clocks are wrong, and the second machine of the shared key runs. */
  const firstSlot = endsAt / 60 + 15;
  const slots = 12;
  const outageSlot = firstSlot + 6;
  let live: LiveDevnet;
  beforeAll(async () => {
    live = await openLiveDevnet(origin, { startMs: firstSlot * 60_000 + 2_000 });
    // Nobody is on the chain yet, as far as the indexer knows.
    await live.clock.runUntil(firstSlot * 60_000 + 30_000);
    await live.writeFacts();
    await live.clock.runUntil(outageSlot * 60_000);
    await live.stopGateway();
    await live.clock.runUntil(outageSlot * 60_000 + 30_000);
    await live.startGateway();
    await live.clock.runUntil((firstSlot + slots) * 60_000);
    await live.stopAgents();
  }, 240_000);
  afterAll(() => live.end());

  const of = (provider: string, machine = 0) =>
    live.events.filter((event) => event.provider === provider && event.machine === machine);
  const codesOf = (provider: string, machine = 0) => [
    ...new Set(
      of(provider, machine).flatMap(({ event }) =>
        event.kind === 'taken' ? [event.answer.code] : event.kind === 'dropped' ? [event.code] : [],
      ),
    ),
  ];

  it('has every minute of every node as the script has it, after an indexer behind and a gateway away', async () => {
    const keys = await live.world.register();
    const { rows } = await live.world.pool.query<{ node_key: number; hour: number; up: string; late: string }>(
      'select node_key, hour, up::text, late::text from node_hour_open',
    );
    const found = new Map(rows.map((row) => [`${row.node_key} ${row.hour}`, row]));
    const differing = keys.flatMap((key, node) =>
      Array.from({ length: slots - 2 }, (_, index) => firstSlot + 1 + index).flatMap((slot) => {
        const row = found.get(`${key} ${toHour(slot)}`);
        const has = (bits: string | undefined) => (BigInt(bits ?? '0') & toBit(slot)) !== 0n;
        const fate = live.world.script.getFate(node, slot);
        // A clock that is slow by more than a minute has not come so far.
        if (fate === 'late' && slot > firstSlot + slots - 4) return [];
        const isSame = has(row?.up) === (fate === 'up') && has(row?.late) === (fate === 'late');
        return isSame ? [] : [{ node, slot: slot - firstSlot, fate, up: has(row?.up), late: has(row?.late) }];
      }),
    );
    expect(differing).toEqual([]);
  });

  it('lets honest providers hear that all is well', () => {
    for (const { name, conduct, leavesAt } of providers) {
      if (conduct !== 'honest' || leavesAt !== undefined || oddOnes.has(name)) continue;
      expect({ name, codes: codesOf(name) }).toEqual({ name, codes: ['ACCEPTED'] });
    }
    expect(of('Umber Nodes')).toEqual([]);
  });

  it('has a clock that is fast refused, and one that is slow late', () => {
    expect(codesOf('Orchard Compute')).toEqual(['FUTURE']);
    expect(codesOf('Nimbus Forge')).toEqual(['LATE']);
  });

  it('finds out the two machines that share a key', async () => {
    expect(codesOf(clone.provider, 0)).toContain('SEQ_REGRESSION');
    expect(codesOf(clone.provider, 1)).toContain('CONFLICT');
    const { rows } = await live.world.pool.query<{ bodies: number }>(
      `select count(distinct digest)::int as bodies from heartbeat join heartbeat_node using (node_key) join provider
         on provider.id = heartbeat_node.provider_id
       where name = $1 group by node_key, slot`,
      [clone.provider],
    );
    expect(rows.filter(({ bodies }) => bodies === 2).length).toBeGreaterThan(slots);
  });

  it('flags the shared key and the liar, and nobody else', async () => {
    await sweepFlags({ pool: live.world.pool, now: (firstSlot + slots) * 60_000, fromSlot: firstSlot });
    const { rows } = await live.world.pool.query<{ name: string; reasons: readonly string[] }>(
      `select name, array_agg(distinct reason order by reason) as reasons
       from beat_flag join heartbeat_node using (node_key) join provider on provider.id = heartbeat_node.provider_id
       group by name order by name`,
    );
    expect(rows).toEqual([
      { name: clone.provider, reasons: ['clone', 'equivocation'] },
      { name: liar.provider, reasons: ['hardware'] },
    ]);
  });

  it('answers what comes twice as a duplicate, and counts it once', () => {
    expect(live.counters().DUPLICATE).toBeGreaterThan(0);
    expect(codesOf(badLine.provider)).toContain('DUPLICATE');
    const counted = of(badLine.provider).flatMap(({ event }) => (event.kind === 'taken' ? [event.answer] : []));
    for (const { written, duplicate, refused } of counted)
      expect([written + duplicate > 0, refused]).toEqual([true, 0]);
  });

  it('lets the liar say what is in its machines', async () => {
    const { rows } = await live.world.pool.query<{ name: string; gpu_model: string; vram_mb: number }>(
      `select name, gpu_model, vram_mb from node_hardware join heartbeat_node using (node_key)
       join provider on provider.id = heartbeat_node.provider_id`,
    );
    expect(rows.length).toBeGreaterThan(5);
    const lies = rows.filter(({ name }) => name === liar.provider);
    for (const row of lies) expect(row).toMatchObject({ gpu_model: liar.hardware.gpuModel, vram_mb: 24_564 });
  });

  it('announces the maintenance of the next days, once', async () => {
    const { rows } = await live.world.pool.query(
      `select name, from_slot, to_slot, count(*)::int as nodes from maintenance_notice join heartbeat_node using (node_key)
       join provider on provider.id = heartbeat_node.provider_id group by 1, 2, 3`,
    );
    const fromSlot = endsAt / 60 + 36 * 60;
    expect(rows).toEqual([{ name: 'Harbour Compute', from_slot: fromSlot, to_slot: fromSlot + 120, nodes: 3 }]);
  });

  it('says the same again after a restart within the minute: no node is flagged for it', async () => {
    const before = live.events.length;
    await live.startAgents();
    await live.clock.runUntil((firstSlot + slots) * 60_000 + 58_000);
    await live.stopAgents();
    await live.startAgents();
    await live.clock.runUntil((firstSlot + slots) * 60_000 + 59_000);
    await live.stopAgents();
    const codes = live.events
      .slice(before)
      .flatMap(({ provider, event }) =>
        event.kind === 'taken' && provider === 'Aurora Compute' ? [event.answer.code] : [],
      );
    expect(codes).toEqual(['ACCEPTED', 'DUPLICATE']);
    await sweepFlags({ pool: live.world.pool, now: (firstSlot + slots + 1) * 60_000, fromSlot: firstSlot });
    const { rows } = await live.world.pool.query<{ name: string }>(
      `select distinct name from beat_flag join heartbeat_node using (node_key)
       join provider on provider.id = heartbeat_node.provider_id order by name`,
    );
    expect(rows.map(({ name }) => name)).toEqual([clone.provider, liar.provider]);
  });
});

/** Whom the gateway has something to say to. */
const oddOnes: ReadonlySet<string> = new Set([...Object.keys(clocks), clone.provider, badLine.provider]);

/** What a page must say of a node, from the script alone. */
function sumScript({ script }: DevnetWorld, node: number, end: number): Sums {
  const life = script.getLife(node);
  const sums = { up: 0, known: 0, expected: 0, late: 0 };
  let born: number | undefined;
  for (let hour = toHour(life.from); hour * SLOTS_PER_HOUR < Math.min(life.to, end); hour += 1) {
    const slots = Array.from({ length: SLOTS_PER_HOUR }, (_, index) => hour * SLOTS_PER_HOUR + index);
    const toMask = (isIn: (slot: number) => boolean) =>
      slots.reduce((bits, slot) => (isIn(slot) ? bits | toBit(slot) : bits), 0n);
    const known = toMask((slot) => script.getAlive(slot) === fullMinute);
    const { up, late } = script.getHour(node, hour);
    // Nothing is expected before the first beat that anybody heard.
    born ??= slots.find((slot) => (up | late) & known & toBit(slot));
    const expected = toMask((slot) => slot >= (born ?? Number.POSITIVE_INFINITY) && slot < life.to && slot < end);
    sums.expected += countBits(expected);
    sums.known += countBits(expected & known);
    sums.up += countBits(up & expected & known);
    sums.late += countBits(late & expected & known);
  }
  return sums;
}
