import { toBounds } from '../../indexer/metrics/reliability/toBounds.js';
import { openVerdictWorld, type Slot, type VerdictWorld } from './openVerdictWorld.js';

const HOUR = 490_000;
const NODES = 9;

interface Outage {
  readonly node_key: number;
  readonly from_slot: number;
  readonly last_slot: number;
  readonly down: number;
  readonly ended: boolean;
}

type Line = ReturnType<VerdictWorld['line']>;

const isUp = (slot: Slot) => slot === 'up' || slot === 'upInMaintenance';
const isKnown = (slot: Slot) => slot !== 'unknown' && slot !== 'absent';

/** By the words of the definition, slot by slot. */
function modelOutages(nodeKey: number, line: Line): readonly Outage[] {
  const known = line.filter(({ verdict }) => isKnown(verdict));
  const outages: Outage[] = [];
  let run: number[] = [];
  const end = (ended: boolean) => {
    const [first, last] = [run[0], run.at(-1)];
    if (first !== undefined && last !== undefined && run.length >= 2) {
      outages.push({ node_key: nodeKey, from_slot: first, last_slot: last, down: run.length, ended });
    }
    run = [];
  };
  for (const { slot, verdict } of known) {
    if (isUp(verdict)) end(true);
    else run.push(slot);
  }
  end(false);
  return outages;
}

interface Window {
  readonly days: number;
  readonly to_hour: number;
  readonly nodes: number;
  readonly up: number;
  readonly known: number;
  readonly expected: number;
  readonly maintenance: number;
  readonly maintenance_up: number;
  readonly failures: number;
  readonly repairs: number;
  readonly repaired_down: number;
  readonly outage_down: number;
  readonly longest_down: number;
}

function modelWindow(
  line: Line,
  outages: readonly Outage[],
  { days, toHour }: { days: number; toHour: number },
): Window {
  const from = (toHour - 24 * days) * 60;
  const within = line.filter(({ slot }) => slot >= from);
  const count = (is: (verdict: Slot) => boolean) => within.filter(({ verdict }) => is(verdict)).length;
  const cut = outages
    .filter((outage) => outage.last_slot >= from)
    .map((outage) => ({
      ...outage,
      down: within.filter(
        ({ slot, verdict }) =>
          slot >= outage.from_slot && slot <= outage.last_slot && isKnown(verdict) && !isUp(verdict),
      ).length,
    }));
  const add = (list: readonly Outage[]) => list.reduce((sum, { down }) => sum + down, 0);
  const ended = cut.filter((outage) => outage.ended);
  return {
    ...{ days, to_hour: toHour, nodes: 1 },
    ...{ up: count(isUp), known: count(isKnown), expected: count((slot) => slot !== 'absent') },
    maintenance: count((slot) => slot.endsWith('Maintenance')),
    maintenance_up: count((slot) => slot === 'upInMaintenance'),
    failures: cut.filter((outage) => outage.from_slot >= from).length,
    ...{ repairs: ended.length, repaired_down: add(ended), outage_down: add(cut) },
    longest_down: Math.max(0, ...cut.map(({ down }) => down)),
  };
}

function addWindows(windows: readonly Window[], { days, toHour }: { days: number; toHour: number }): Window {
  const sum = (name: keyof Window) => windows.reduce((total, window) => total + window[name], 0);
  const empty = modelWindow([], [], { days, toHour });
  const added = Object.keys(empty).map((name) => [name, sum(name as keyof Window)]);
  const longest_down = Math.max(0, ...windows.map((window) => window.longest_down));
  return { ...empty, ...Object.fromEntries(added), days, to_hour: toHour, longest_down };
}

function modelAll(world: VerdictWorld, toHour: number) {
  const nodes = Array.from({ length: NODES }, (_, index) => {
    const line = world.line(index + 1, toHour);
    return { nodeKey: index + 1, line, outages: modelOutages(index + 1, line) };
  });
  const windows = [1, 7, 30, 90].flatMap((days) => {
    const span = { days, toHour };
    const ofNodes = nodes
      .map(({ nodeKey, line, outages }) => ({ nodeKey, window: modelWindow(line, outages, span) }))
      .filter(({ window }) => window.expected > 0);
    const group = (kind: string, id: string, is: (nodeKey: number) => boolean) => {
      const members = ofNodes.filter(({ nodeKey }) => is(nodeKey)).map(({ window }) => window);
      return members.length > 0 || kind === 'network' ? [{ kind, id, ...addWindows(members, span) }] : [];
    };
    return [
      ...ofNodes.map(({ nodeKey, window }) => ({ kind: 'node', id: `net:n${nodeKey}`, ...window })),
      ...[0, 1, 2].flatMap((rest) => group('provider', `net:p${rest}`, (nodeKey) => nodeKey % 3 === rest)),
      ...group('hardware', 'net:gpu:unknown', () => true),
      ...group('network', 'net', () => true),
    ];
  });
  const bounded = windows.map((window) => {
    const bounds = toBounds({ ...window, outageDown: window.outage_down });
    return { ...window, effective_n: bounds.effectiveN, lower: bounds.lower, upper: bounds.upper };
  });
  const key = ({ kind, id, days }: { kind: string; id: string; days: number }) => `${kind} ${id} ${1000 + days}`;
  return {
    outages: nodes.flatMap(({ outages }) => outages),
    windows: bounded.sort((one, other) => (key(one) < key(other) ? -1 : 1)),
  };
}

/** Runs of one kind, mostly longer than an hour, so that outages and gaps go over hours and days. */
function createDraw(seed: number) {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kinds: readonly Slot[] = [
    'up',
    'up',
    'up',
    'down',
    'down',
    'unknown',
    'absent',
    'upInMaintenance',
    'downInMaintenance',
  ];
  const slots = (count: number): Slot[] => {
    const line: Slot[] = [];
    while (line.length < count) {
      const kind = pick(kinds);
      const length = pick([1, 1, 2, 3, 20, 60, 90, 400, 3_000]);
      for (let index = 0; index < length && line.length < count; index += 1) line.push(kind);
    }
    return line;
  };
  return { random, pick, slots };
}

async function judgeLine(world: VerdictWorld, nodeKey: number, fromHour: number, line: readonly Slot[]): Promise<void> {
  for (let hour = 0; hour * 60 < line.length; hour += 1) {
    world.judge(nodeKey, fromHour + hour, line.slice(hour * 60, hour * 60 + 60));
  }
}

describe('outages and windows', () => {
  it.each([1, 2, 3])(
    'are at every step what the slots say, and what a rebuild makes (draw %i)',
    async (seed) => {
      const world = await openVerdictWorld({ nodes: NODES, firstHour: HOUR });
      const { random, pick, slots } = createDraw(seed * 7_919);
      try {
        let toHour = HOUR + 24 * 9 + 5;
        for (let node = 1; node <= NODES; node += 1) await judgeLine(world, node, HOUR, slots((toHour - HOUR) * 60));
        await world.close(HOUR, toHour);
        await world.flush();
        await world.roll({ hours: [], headHour: toHour, isRebuild: true });
        expect(await world.dump()).toEqual(modelAll(world, toHour));
        for (let step = 0; step < 25; step += 1) {
          // Hours that are closed, and some of any age that are judged again: by one node, or by all.
          const closed = pick([0, 1, 1, 1, 5]);
          for (let node = 1; node <= NODES; node += 1) await judgeLine(world, node, toHour, slots(closed * 60));
          await world.close(toHour, toHour + closed);
          toHour += closed;
          for (let again = 0; again < pick([0, 1, 3, 6]); again += 1) {
            const hour = HOUR + Math.floor(random() * (toHour - HOUR));
            const nodes = pick([
              [1 + Math.floor(random() * NODES)],
              Array.from({ length: NODES }, (_, index) => index + 1),
            ]);
            for (const node of nodes) world.judge(node, hour, slots(60));
          }
          const marked = await world.flush();
          // Of hours that others marked nothing has changed; the chain may be behind, and go back.
          const hours = [...new Set([...marked, toHour, toHour - 3, HOUR - 1])].sort((one, other) => one - other);
          await world.roll({ hours, headHour: toHour });
          expect(await world.dump()).toEqual(modelAll(world, toHour));
          if (step % 8 === 4) {
            const headHour = toHour - pick([2, 20, 30]);
            await world.roll({ hours: [], headHour });
            expect(await world.dump()).toEqual(modelAll(world, headHour + 1));
            await world.roll({ hours: [], headHour: toHour });
            expect(await world.dump()).toEqual(modelAll(world, toHour));
          }
        }
        const before = await world.dump();
        await world.clear();
        await world.roll({ hours: [], headHour: toHour, isRebuild: true });
        expect(await world.dump()).toEqual(before);
      } finally {
        await world.end();
      }
    },
    300_000,
  );

  it('bring an hour of each day that an outage has come to hold, and none that it has held all along', async () => {
    const world = await openVerdictWorld({ nodes: 1, firstHour: HOUR });
    const of = (verdict: Slot) => Array<Slot>(60).fill(verdict);
    const toDay = (hour: number) => Math.floor(hour / 24);
    const first = HOUR + 5;
    const toHour = HOUR + 24 * 6;
    try {
      // Down, then nothing is known for days but an hour up in their midst, and down again.
      for (let hour = HOUR; hour < toHour; hour += 1) world.judge(1, hour, of('unknown'));
      world.judge(1, HOUR, of('up'));
      world.judge(1, first, of('down'));
      world.judge(1, first + 48, of('up'));
      world.judge(1, first + 96, of('down'));
      await world.close(HOUR, toHour);
      await world.flush();
      await world.roll({ hours: [], headHour: toHour, isRebuild: true });
      expect((await world.dump()).outages).toHaveLength(2);
      // Of that hour, too, nothing is known after all: days of which none was judged anew are now part of one outage.
      world.judge(1, first + 48, of('unknown'));
      const found = await world.roll({ hours: await world.flush(), headHour: toHour });
      expect((await world.dump()).outages).toMatchObject([{ from_slot: first * 60, down: 120, ended: false }]);
      const days = new Set([...found, first + 48].map(toDay));
      expect([...days].sort()).toEqual([0, 1, 2, 3, 4].map((day) => toDay(first) + day));
      // It goes on: what it has held all along is as it was.
      world.judge(1, toHour, of('down'));
      await world.close(toHour, toHour + 1);
      const further = await world.roll({ hours: await world.flush(), headHour: toHour + 1 });
      expect(further.every((hour) => hour >= first + 96)).toBe(true);
      // It ends, and so it ended in that hour.
      world.judge(1, toHour + 1, of('up'));
      await world.close(toHour + 1, toHour + 2);
      expect(await world.roll({ hours: await world.flush(), headHour: toHour + 2 })).toEqual([toHour]);
    } finally {
      await world.end();
    }
  });
});
