import { openVerdictWorld, type Slot, type VerdictWorld } from './openVerdictWorld.js';

const HOUR = 490_000;
const NODES = 12;
const DAYS = 100;

/** Mostly up, as machines are; some runs down that end within the hour, go over several, or over days. */
function createDraw(seed: number) {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const left = new Map<number, { kind: Slot; count: number }>();
  const hour = (node: number): Slot[] => {
    const run = left.get(node) ?? { kind: 'up' as Slot, count: 0 };
    return Array.from({ length: 60 }, () => {
      if (run.count === 0) {
        run.kind = pick<Slot>(['up', 'up', 'up', 'down', 'down', 'unknown', 'upInMaintenance', 'downInMaintenance']);
        run.count = run.kind === 'up' ? pick([60, 600, 3_000]) : pick([1, 2, 5, 70, 400, 4_000]);
      }
      run.count -= 1;
      left.set(node, run);
      return run.kind;
    });
  };
  return { random, pick, hour };
}

const full = Array<Slot>(60).fill('up');
const empty = Array<Slot>(60).fill('absent');
const blind = Array<Slot>(60).fill('unknown');

/** Windows as they are carried on, and as they are made from nothing; then again as they were. */
async function expectSame(world: VerdictWorld, headHour: number): Promise<void> {
  const carried = await world.dump();
  await world.pool.query('begin');
  await world.pool.query('create table kept_outage as table outage; create table kept_window as table uptime_window');
  await world.pool.query('create table kept_end as table window_end; truncate outage, uptime_window, window_end');
  await world.pool.query('commit');
  await world.roll({ hours: [], headHour, isRebuild: true });
  expect(carried).toEqual(await world.dump());
  await world.pool.query(`
    truncate outage, uptime_window, window_end;
    insert into outage table kept_outage; insert into uptime_window table kept_window; insert into window_end table kept_end;
    drop table kept_outage, kept_window, kept_end
  `);
}

describe('windows that are carried on from hour to hour', () => {
  it.each([1, 2])(
    'are what is made from nothing: hours close and open again, verdicts come late, machines come and go (draw %i)',
    async (seed) => {
      const world = await openVerdictWorld({ nodes: NODES, firstHour: HOUR });
      const { random, pick, hour: draw } = createDraw(seed * 6_007);
      // From when to when anything is expected of a machine: some are there all along, others are born within the longest window.
      const lives = Array.from({ length: NODES }, (_, index) => {
        const born = index < 4 ? HOUR : HOUR + Math.floor(random() * (DAYS + 4) * 24);
        return { born, gone: index % 5 === 4 ? born + 24 * pick([1, 8, 31]) : Number.POSITIVE_INFINITY };
      });
      const judge = (node: number, hour: number, isBlind: boolean) => {
        const life = lives[node - 1];
        const isThere = life && hour >= life.born && hour < life.gone;
        if (!isThere) return;
        // Machines one to three are never down, but in hours that nobody saw.
        const slots = node <= 3 ? full : draw(node);
        world.judge(node, hour, isBlind ? blind : slots);
      };
      const close = async (fromHour: number, toHour: number) => {
        for (let hour = fromHour; hour < toHour; hour += 1) {
          const isBlind = random() < 0.03;
          for (let node = 1; node <= NODES; node += 1) judge(node, hour, isBlind);
        }
        await world.close(fromHour, toHour);
      };
      try {
        let toHour = HOUR + 24 * DAYS + Math.floor(random() * 24);
        await close(HOUR, toHour);
        await world.flush();
        await world.roll({ hours: [], headHour: toHour, isRebuild: true });
        for (let step = 0; step < 40; step += 1) {
          const closed = pick([0, 1, 1, 1, 1, 1, 2, 7, 30]);
          await close(toHour, toHour + closed);
          const before = toHour;
          toHour += closed;
          // Every third turn some hours are judged anew: of the last day, about an edge of a window, or of any age.
          for (let late = step % 3 === 0 ? pick([1, 2, 5]) : 0; late > 0; late -= 1) {
            const back = pick([
              1,
              5,
              23,
              24,
              25,
              167,
              168,
              169,
              719,
              721,
              2_159,
              2_160,
              2_161,
              1 + Math.floor(random() * 2_000),
            ]);
            const nodes = pick([[pick([1, 4, 5, 6])], Array.from({ length: NODES }, (_, index) => index + 1)]);
            for (const node of nodes) {
              if (pick([true, false])) world.judge(node, before - back, pick([full, blind, empty, draw(node)]));
              else judge(node, before - back, random() < 0.5);
            }
          }
          const marked = await world.flush();
          await world.roll({
            hours: [...new Set([...marked, toHour])].sort((one, other) => one - other),
            headHour: toHour,
          });
          await expectSame(world, toHour);
          if (step % 10 === 7) {
            // The chain goes back, and on again; meanwhile an hour that is out of sight was judged anew.
            const headHour = toHour - pick([1, 2, 9, 26]);
            await world.roll({ hours: [], headHour });
            await expectSame(world, headHour);
            for (let node = 1; node <= NODES; node += 1) judge(node, headHour, false);
            const again = await world.flush();
            await world.roll({ hours: again, headHour: toHour });
            await expectSame(world, toHour);
          }
        }
      } finally {
        await world.end();
      }
    },
    300_000,
  );
});
