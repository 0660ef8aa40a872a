import { nodes, providers } from '../../devnet/computeMarket/cast.js';
import { closeHours, toDueHour } from '../../indexer/telemetry/rollup/closeHours.js';
import { countBits, SLOTS_PER_HOUR, toBit, toHour } from '../../schema/heartbeat/slots.js';
import { type DevnetWorld, openDevnetWorld } from './openDevnetWorld.js';

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
});

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
