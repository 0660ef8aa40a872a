import { createSlotHistory } from '../../indexer/metrics/score/createSlotHistory.js';
import type { Scope } from '../../indexer/metrics/score/Scope.js';
import type { SlotsRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import { NETWORK, openVerdictWorld, type Slot } from './openVerdictWorld.js';

const FIRST = 490_008;
const NODES = 6;

/** The same numbers each time (Park & Miller 1988). */
function createDice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

/** Long runs of one word, so that outages go over hours and days, and some end in what nobody knows. */
function drawHour(dice: (sides: number) => number, before: Slot): readonly Slot[] {
  let slot = before;
  return Array.from({ length: 60 }, (_, at) => {
    const words = ['up', 'up', 'down', 'unknown', 'downInMaintenance', 'absent'] as const;
    if (at === 0 ? dice(2) === 0 : dice(40) === 0) slot = words[dice(words.length)] ?? 'up';
    return slot;
  });
}

const toLines = (slots: readonly SlotsRecord[], fromDay: number) =>
  slots
    .filter(({ day }) => day >= fromDay)
    .map((slot) => JSON.stringify(slot))
    .sort();

describe('slots that are taken up from the first hour that changed', () => {
  it('are those that are read from nothing, hour after hour, and when hours are judged again', async () => {
    const world = await openVerdictWorld({ nodes: NODES, firstHour: FIRST });
    const client = await world.pool.connect();
    try {
      const dice = createDice(7);
      const kept = createSlotHistory();
      const last = new Map<number, Slot>();
      let since = 0;
      for (let hour = FIRST; hour < FIRST + 100; hour += 1) {
        for (let node = 1; node <= NODES; node += 1) {
          const slots = drawHour(dice, last.get(node) ?? 'up');
          last.set(node, slots.at(-1) ?? 'up');
          world.judge(node, hour, slots);
        }
        const again = FIRST + dice(hour - FIRST + 1);
        if (dice(9) === 0) world.judge(1 + dice(NODES), again, drawHour(dice, 'down'));
        const hours = await world.flush();
        await world.close(FIRST, hour + 1);
        const found = await world.roll({ hours, headHour: hour + 1 });
        since = Math.min(since, ...hours, ...found);
        if (dice(3) === 0) continue;
        const beforeHour = hour + 1;
        const fromDay = Math.floor(beforeHour / 24) - 2;
        const scope = { network: { id: NETWORK }, height: 1, beforeHour } as Scope;
        await client.query('begin');
        const made = await kept.refresh(client, scope, { since, fromDay });
        const fresh = await createSlotHistory().refresh(client, scope, { since: 0, fromDay });
        await client.query('commit');
        expect([hour, toLines(made, fromDay)]).toEqual([hour, toLines(fresh, fromDay)]);
        since = Number.POSITIVE_INFINITY;
      }
    } finally {
      client.release();
      await world.end();
    }
  }, 120_000);
});
