import { countBits, SLOTS_PER_DAY, SLOTS_PER_HOUR, toHour } from '../../schema/heartbeat/slots.js';
import { nodes, providers } from '../computeMarket/cast.js';
import { listNodes } from '../computeMarket/lookups.js';
import { careOf, cares, clocks, fading, maintenance } from './conducts.js';
import { type BeatScript, createBeatScript } from './createBeatScript.js';

const dayS = 86_400;
const endsAt = 1_763_700_000;
const origin = { seed: 1, startsAt: endsAt - 90 * dayS, endsAt };
const endSlot = endsAt / 60;
const script = createBeatScript(origin);

function getProvider(name: string): number {
  const position = providers.findIndex((provider) => provider.name === name);
  if (position < 0) throw new Error(`the cast has ${name}`);
  return position;
}

interface Sums {
  readonly up: number;
  readonly late: number;
  readonly expected: number;
}

/** From one slot up to another, clipped to the node's life; both must be whole hours, or the ends of its life. */
function sum(of: BeatScript, node: number, { from, to }: { readonly from: number; readonly to: number }): Sums {
  const life = of.getLife(node);
  const [first, end] = [Math.max(from, life.from), Math.min(to, life.to)];
  let [up, late] = [0, 0];
  for (let hour = toHour(first); hour * SLOTS_PER_HOUR < end; hour += 1) {
    const bits = of.getHour(node, hour);
    up += countBits(bits.up);
    late += countBits(bits.late);
  }
  return { up, late, expected: Math.max(0, end - first) };
}

const history = { from: Math.ceil(origin.startsAt / 3_600) * 60, to: Math.floor(endSlot / 60) * 60 };

describe('the script of the heartbeats', () => {
  it('is the same for the same seed, whatever is asked for first, and another for another seed', () => {
    const again = createBeatScript(origin);
    const hours = Array.from({ length: 400 }, (_, index) => toHour(history.to) - 1 - index * 3);
    const ask = (of: BeatScript, list: readonly number[]) =>
      list.map((hour) => nodes.map((_, node) => of.getHour(node, hour)));
    expect(ask(again, hours.toReversed()).reverse()).toEqual(ask(script, hours));
    expect(ask(createBeatScript({ ...origin, seed: 2 }), hours)).not.toEqual(ask(script, hours));
  });

  it('says of a slot what it says of its hour', () => {
    const differing: unknown[] = [];
    for (const node of nodes.keys()) {
      for (let slot = history.to - 120; slot < history.to; slot += 1) {
        const bits = script.getHour(node, toHour(slot));
        const bit = BigInt(slot % SLOTS_PER_HOUR);
        const fate = (bits.up >> bit) & 1n ? 'up' : (bits.late >> bit) & 1n ? 'late' : 'none';
        const said = script.getFate(node, slot);
        if ((said === 'silent' || said === 'refused' ? 'none' : said) !== fate)
          differing.push({ node, slot, said, fate });
      }
    }
    expect(differing).toEqual([]);
  });

  it.each([1, 2, 3])('keeps every honest provider in the band of docs/devnet.md, with seed %i', (seed) => {
    const of = createBeatScript({ ...origin, seed });
    for (const [position, { name, conduct }] of providers.entries()) {
      if (conduct === 'flapping' || conduct === 'slashed' || clocks[name] || maintenance[name]) continue;
      const [least, most] = cares[careOf[name] ?? 'usual'].uptime;
      const sums = listNodes(position).map((node) => sum(of, node, history));
      const uptime = sums.reduce((all, { up }) => all + up, 0) / sums.reduce((all, { expected }) => all + expected, 0);
      expect({ name, isInBand: uptime >= least && uptime <= most, uptime }).toMatchObject({ isInBand: true });
    }
  });

  it('breaks nodes for a while, not for single minutes: fewer outages than minutes without a beat', () => {
    const [node] = listNodes(getProvider('Lantern Grid'));
    let [outages, minutes, wasUp] = [0, 0, true];
    for (let slot = history.to - 30 * SLOTS_PER_DAY; slot < history.to; slot += 1) {
      const isUp = script.getFate(node ?? 0, slot) === 'up';
      if (!isUp) minutes += 1;
      if (!isUp && wasUp) outages += 1;
      wasUp = isUp;
    }
    expect(outages).toBeGreaterThan(40);
    expect(minutes / outages).toBeGreaterThan(8);
  });

  it('lets nodes beat from when their provider has joined until it has retired them', () => {
    const parts = (name: string) =>
      listNodes(getProvider(name)).map((node) => {
        const { from, to } = script.getLife(node);
        return [from, to].map((slot) => (slot * 60 - origin.startsAt) / (90 * dayS));
      });
    expect(parts('Tundra Compute')).toEqual([
      [expect.closeTo(0.7, 3), Number.POSITIVE_INFINITY],
      [expect.closeTo(0.7, 3), Number.POSITIVE_INFINITY],
    ]);
    const [[from, to] = []] = parts('Umber Nodes');
    expect(from).toBeLessThan(0.01);
    expect(to).toBeGreaterThanOrEqual(0.6 + 2 / 90 - 0.001);
    expect(to).toBeLessThan(0.7);
    const [umber = 0] = listNodes(getProvider('Umber Nodes'));
    const { to: last } = script.getLife(umber);
    expect([last - 1, last].map((slot) => script.getFate(umber, slot))).toEqual(['up', 'silent']);
  });

  it('silences the flapping node about a fifth of the time, as often as it is off the market, and goes on live', () => {
    const [first = 0, second = 0] = listNodes(getProvider('Firefly Hosting'));
    for (const stretch of [history, { from: endSlot, to: endSlot + 60 * SLOTS_PER_DAY }]) {
      const { up, expected } = sum(script, first, stretch);
      expect(up / expected).toBeGreaterThan(0.7);
      expect(up / expected).toBeLessThan(0.9);
    }
    const other = sum(script, second, history);
    expect(other.up / other.expected).toBeGreaterThan(0.97);
  });

  it('lets the slashed provider go dark more and more, and then fill in what it did not do: late, never up', () => {
    const provider = getProvider(fading.provider);
    const at = (part: number) => Math.floor((origin.startsAt / 60 + part * 90 * SLOTS_PER_DAY) / 60) * 60;
    const shareOf = (from: number, to: number) => {
      const sums = listNodes(provider).map((node) => sum(script, node, { from: at(from), to: at(to) }));
      return sums.reduce((all, { up }) => all + up, 0) / sums.reduce((all, { expected }) => all + expected, 0);
    };
    const shares = [shareOf(0, 0.45), shareOf(0.5, 0.6), shareOf(0.6, 0.7), shareOf(0.7, 0.8)];
    expect(shares[0]).toBeGreaterThan(0.99);
    expect(shares).toEqual(shares.toSorted((one, other) => other - one));
    expect(shares[3]).toBeLessThan(0.6);
    for (const node of listNodes(provider)) {
      const { up, late, expected } = sum(script, node, { from: at(0.8) + 60, to: Number.POSITIVE_INFINITY });
      expect(up).toBe(0);
      expect(late / expected).toBeGreaterThan(0.9);
      expect(expected).toBeGreaterThan(1.9 * SLOTS_PER_DAY);
    }
  });

  it('lets two clocks go wrong for three hours a week, and around the end of the history', () => {
    const fates = (name: string) =>
      listNodes(getProvider(name)).flatMap((node) =>
        [endSlot - 90, endSlot - 30, endSlot + 90, endSlot + 150].map((slot) => script.getFate(node, slot)),
      );
    expect(new Set(fates('Orchard Compute'))).toEqual(new Set(['up', 'refused']));
    expect(fates('Nimbus Forge')).toEqual(expect.arrayContaining(['late']));
    expect(script.getAheadMs(getProvider('Orchard Compute'), endSlot)).toBe(6_000);
    expect(script.getAheadMs(getProvider('Nimbus Forge'), endSlot)).toBe(-90_000);
    expect(script.getAheadMs(getProvider('Nimbus Forge'), endSlot + 3 * SLOTS_PER_DAY)).toBe(0);
    for (const name of Object.keys(clocks)) {
      for (const node of listNodes(getProvider(name))) {
        const { up, late, expected } = sum(script, node, history);
        expect(up / expected).toBeGreaterThan(0.97);
        expect(up / expected).toBeLessThan(0.984);
        expect(late > 0).toBe(name === 'Nimbus Forge');
      }
    }
  });

  it('announces maintenance a day ahead, at most eight hours in thirty days, and is silent in it only', () => {
    const notices = script.listNotices(origin.startsAt, endsAt);
    expect(notices.length).toBeGreaterThanOrEqual(8);
    const node = listNodes(getProvider('Harbour Compute'))[0] ?? 0;
    for (const { provider, from, to, announcedAt } of notices) {
      expect(providers[provider]?.name).toBe('Harbour Compute');
      expect(from * 60 - announcedAt).toBeGreaterThanOrEqual(dayS);
      const within = notices.filter((other) => other.from < from + 30 * SLOTS_PER_DAY && other.from >= from);
      expect(within.reduce((all, other) => all + other.to - other.from, 0)).toBeLessThanOrEqual(8 * 60);
      const slots = Array.from({ length: to - from }, (_, index) => from + index);
      expect(slots.filter((slot) => script.getFate(node, slot) !== 'up').length).toBeGreaterThanOrEqual(100);
    }
    const { up, expected } = sum(script, node, history);
    expect(up / expected).toBeGreaterThan(0.985);
    expect(up / expected).toBeLessThan(0.993);
  });

  it('has our collector down for half an hour once', () => {
    const slots = Array.from({ length: history.to - history.from }, (_, index) => history.from + index);
    const gone = slots.filter((slot) => script.getAlive(slot) !== 2n ** 60n - 1n);
    expect(gone).toHaveLength(31);
    const seconds = gone.reduce((all, slot) => all + 60 - countBits(script.getAlive(slot)), 0);
    expect(seconds).toBe(1_800);
    expect(gone.at(-1)).toBe((gone[0] ?? 0) + 30);
  });

  it('fits a history of any length', () => {
    for (const days of [0.5, 2, 10]) {
      const short = createBeatScript({ seed: 4, startsAt: endsAt - days * dayS, endsAt });
      for (const node of nodes.keys()) {
        const life = short.getLife(node);
        expect(life.from * 60).toBeGreaterThanOrEqual(endsAt - days * dayS);
        expect(life.from * 60).toBeLessThanOrEqual(endsAt);
        expect(life.to).toBeGreaterThan(life.from);
      }
    }
  });
});
