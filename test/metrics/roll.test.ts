import { createPlan } from '../../indexer/metrics/createPlan.js';
import { type Rebuilt, rebuildNetwork, verifyNetwork } from '../../indexer/metrics/roll/rebuildNetwork.js';
import { createDraw, network, toBatches, toBlock } from '../writer/marketChain.js';
import { catalogue, drawSpacedChain, lastOf, openRollWorld, type RollWorld } from './openRollWorld.js';

const chain = drawSpacedChain({ seed: 11, blocks: 700 });
/** Two days before its end. */
const forkAt = 450;
const kept = chain.slice(0, forkAt);
const fork = drawSpacedChain({ seed: 12, blocks: 260, from: forkAt + 1, fork: 'b' });
const forkHeight = lastOf(kept).height;

describe('a turn of the roller', () => {
  it('rolls all hours of the chain, whose days are the sums of their hours to the last digit', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      const rolled = await world.roll();
      expect(rolled).toMatchObject({ kind: 'rolled', isBehind: false, isRebuild: false, height: lastOf(chain).height });
      expect(world.hours).toEqual(await listHours(world, 0));
      expect((await world.dumpMetrics()).length).toBeGreaterThan(300);

      const [counted] = await world.query<{ counted: string; events: string }>(`
        select (select sum(num) from metric_hour join metric using (metric_key) where id = 'counting.events') as counted,
          (select count(*)::numeric from event) as events`);
      expect(counted?.counted).toBe(counted?.events);
      const sums = await world.query(unequalDays);
      expect(sums).toEqual([]);
      const [days] = await world.query<{ days: number; scales: number }>(`
        select count(*)::int as days, count(distinct scale(num))::int as scales from metric_day`);
      expect(days?.days).toBeGreaterThan(30);
      expect(days?.scales).toBeGreaterThan(1);
    });
  });

  it('keeps the hours of providers for two days, and all of their days', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.roll();
      const [found] = await world.query<Record<string, number>>(`
        select max(hour) / 24 as head, min(hour) filter (where kind = 'provider') / 24 as "firstOfProviders",
          min(hour) / 24 as first from metric_hour join metric_subject using (subject_key)`);
      expect(found?.firstOfProviders).toBe((found?.head ?? 0) - 1);
      expect(found?.first).toBeLessThan((found?.head ?? 0) - 1);
      const [days] = await world.query<Record<string, number>>(`
        select min(day) as first, (select min(extract(epoch from time)::int / 86400) from payout) as paid
        from metric_day join metric_subject using (subject_key) where kind = 'provider'`);
      expect(days?.first).toBe(days?.paid);
    });
  });

  it('takes marks once, and does nothing where nothing has changed', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(kept, 50));
      await world.roll();
      expect(await world.query('select * from mark')).toEqual([]);
      expect(await world.roll()).toEqual({ kind: 'idle' });
      const before = await world.dumpMetrics();
      await world.write(toBatches(chain.slice(forkAt), 50, lastOf(kept)));
      await world.roll();
      expect(world.hours).toEqual(await listHours(world, forkHeight));
      expect(await world.dumpMetrics()).not.toEqual(before);
      expect(await world.roll()).toEqual({ kind: 'idle' });
    });
  });

  it('neither blocks a writer that marks meanwhile, nor overlooks it', async () => {
    const held = createGate();
    const reached = createGate();
    let isHeld = true;
    const hold = async () => {
      reached.open();
      if (isHeld) await held.passed;
      return [];
    };
    const world = await openRollWorld({ firstSteps: [hold] });
    try {
      await world.write(toBatches(kept, 50));
      const first = world.roll();
      await reached.passed;
      const [hour] = await world.query<{ hour: Date }>(`select min(hour) as hour from mark where family = 'network'`);
      // Written and committed while the turn is under way: the same hours, and later ones.
      await world.write(toBatches(chain.slice(forkAt), 50, lastOf(kept)));
      await world.query('insert into mark (family, subject, hour) values ($1, $2, $3)', [
        ...['uptime', 'market-test', hour?.hour],
      ]);
      isHeld = false;
      held.open();
      expect(await first).toMatchObject({ kind: 'rolled', height: forkHeight });
      const left = await world.query<{ hours: number }>('select count(distinct hour)::int as hours from mark');
      expect(left[0]?.hours).toBe((await listHours(world, forkHeight)).length + 1);
      await world.roll();
      const oldest = (hour?.hour.getTime() ?? 0) / 3_600_000;
      expect(world.hours).toEqual([oldest, ...(await listHours(world, forkHeight))]);
      await expectRebuilt(world);
    } finally {
      await world.close();
    }
  });

  it('leaves every mark where it is broken off', async () => {
    let isBroken = true;
    const crash = async () => {
      if (isBroken) throw new Error('a bug of a step');
      return [];
    };
    const world = await openRollWorld({ firstSteps: [crash] });
    try {
      await world.write(toBatches(kept, 50));
      const marks = await world.query('select * from mark order by mark_id');
      await expect(world.roll()).rejects.toThrow('a bug of a step');
      expect(await world.query('select * from mark order by mark_id')).toEqual(marks);
      expect(await world.dumpMetrics()).toEqual([]);
      isBroken = false;
      expect(await world.roll()).toMatchObject({ kind: 'rolled', height: forkHeight });
      await expectRebuilt(world);
    } finally {
      await world.close();
    }
  });

  it('leaves every mark where its connection is lost', async () => {
    const ends: (() => Promise<unknown>)[] = [];
    const world = await openRollWorld({
      firstSteps: [
        async ({ client }) => {
          await ends.pop()?.();
          await client.query('select 1');
          return [];
        },
      ],
    });
    try {
      await world.write(toBatches(kept, 50));
      const marks = await world.query('select * from mark order by mark_id');
      ends.push(() =>
        world.query(
          `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database =
             (select oid from pg_database where datname = current_database())`,
        ),
      );
      await expect(world.roll()).rejects.toThrow();
      expect(await world.query('select * from mark order by mark_id')).toEqual(marks);
      expect(await world.roll()).toMatchObject({ kind: 'rolled', height: forkHeight });
    } finally {
      await world.close();
    }
  });

  it('ends at once when it is told to, and leaves every mark', async () => {
    const stop = new AbortController();
    let isSlow = true;
    const world = await openRollWorld({
      firstSteps: [
        async ({ client }) => {
          if (isSlow) setTimeout(() => stop.abort(), 50);
          if (isSlow) await client.query('select pg_sleep(600)');
          return [];
        },
      ],
    });
    try {
      await world.write(toBatches(kept, 50));
      const marks = await world.query('select * from mark order by mark_id');
      await expect(world.roll({ signal: stop.signal })).rejects.toMatchObject({ code: '57014' });
      expect(await world.query('select * from mark order by mark_id')).toEqual(marks);
      isSlow = false;
      expect(await world.roll()).toMatchObject({ kind: 'rolled' });
    } finally {
      await world.close();
    }
  });

  it('is had by one of two rollers at once', async () => {
    const held = createGate();
    const reached = createGate();
    const world = await openRollWorld({
      firstSteps: [
        async () => {
          reached.open();
          await held.passed;
          return [];
        },
      ],
    });
    try {
      await world.write(toBatches(kept, 50));
      const first = world.roll();
      await reached.passed;
      expect(await world.roll()).toEqual({ kind: 'busy' });
      held.open();
      expect(await first).toMatchObject({ kind: 'rolled' });
      expect(await world.roll()).toEqual({ kind: 'idle' });
    } finally {
      await world.close();
    }
  });

  it('gives later steps and the families the hours that a step found', async () => {
    const early = Math.floor(1_700_000_000 / 3_600);
    const world = await openRollWorld({ firstSteps: [async () => [early, 10 ** 6]] });
    try {
      await world.write(toBatches(kept, 50));
      await world.roll();
      await world.write(toBatches(chain.slice(forkAt), 50, lastOf(kept)));
      await world.roll();
      expect(world.hours).toEqual([early, ...(await listHours(world, forkHeight))]);
    } finally {
      await world.close();
    }
  });

  it('refuses what breaks the rules of families', async () => {
    const wrong = (row: string) => ({
      families: [
        {
          id: 'counting',
          grain: 'hour' as const,
          sql: `select ${row} from (select $1::text, $2::integer as hour, $3::integer) h`,
        },
      ],
    });
    const rows = [
      [
        `'counting.unknown' as metric, 'network' as kind, 'market-test' as subject, hour, 1 as num, null as den, 1 as n, null as detail`,
        'is no metric of this family',
      ],
      [
        `'counting.events' as metric, 'buyer' as kind, 'market-test' as subject, hour, 1 as num, null as den, 1 as n, null as detail`,
        'another kind',
      ],
      [
        `'counting.events' as metric, 'network' as kind, 'market-testing:x' as subject, hour, 1 as num, null as den, 1 as n, null as detail`,
        'another network',
      ],
      [
        `'counting.events' as metric, 'network' as kind, 'market-test' as subject, hour - 1 as hour, 1 as num, null as den, 1 as n, null as detail`,
        'outside of the hours',
      ],
      [
        `'counting.events' as metric, 'network' as kind, 'market-test' as subject, hour, 'NaN'::numeric as num, null as den, 1 as n, null as detail`,
        'no finite number',
      ],
      [
        `'counting.success' as metric, 'network' as kind, 'market-test' as subject, hour, 0 as num, 0 as den, 1 as n, null as detail`,
        'ratio over zero',
      ],
      [
        `'counting.events' as metric, 'network' as kind, 'market-test' as subject, hour, null as num, null as den, 0 as n, null as detail`,
        'does not say why',
      ],
      [
        `'counting.events' as metric, 'network' as kind, unnest(array['market-test', 'market-test']) as subject, hour, 1 as num, null as den, 1 as n, null as detail`,
        'comes twice',
      ],
      // Of a day whose hours are not kept, so that they are added up.
      [
        `'counting.paid' as metric, 'provider' as kind, unnest(array['market-test:p', 'market-test:p']) as subject, hour, 1 as num, null as den, 1 as n, null as detail`,
        'comes twice',
      ],
      [
        `'counting.success' as metric, 'provider' as kind, 'market-test:p' as subject, unnest(array[hour, hour + 1]) as hour, 1 as num, unnest(array[1, 0]) as den, 1 as n, null as detail`,
        'ratio over zero',
      ],
    ] as const;
    const world = await openRollWorld();
    try {
      await world.write(toBatches(kept, 50));
      for (const [row, reason] of rows) {
        await expect(world.roll({ plan: { ...world.plan, ...wrong(row) } })).rejects.toThrow(reason);
      }
    } finally {
      await world.close();
    }
  });
});

describe('a reorg', () => {
  it('rolls the touched hours again, and writes the rows that differ and no others', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.roll();
      const before = new Set(await world.dumpMetrics());
      const stamps = await listStamps(world, forkHeight);
      expect(stamps.length).toBeGreaterThan(100);
      await world.replace(forkHeight, fork);
      const rolled = await world.roll();
      expect(world.hours).toEqual(await listHours(world, forkHeight));

      const after = await world.dumpMetrics();
      const isFigure = (line: string) => !line.startsWith('progress');
      const changed = after.filter((line) => isFigure(line) && !before.has(line));
      const places = new Set(after.map(toPlace));
      const gone = [...before].filter((line) => isFigure(line) && !places.has(toPlace(line)));
      expect(rolled).toMatchObject({ kind: 'rolled', written: changed.length, gone: gone.length });
      expect(gone.length).toBeGreaterThan(5);
      // What lies before the fork was not so much as touched.
      expect(await listStamps(world, forkHeight)).toEqual(stamps);
      await expectRebuilt(world);
    });
  });

  it('that goes back leaves every figure as it was, to the last bit', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.roll();
      const before = await world.dumpMetrics();
      await world.replace(forkHeight, fork.slice(0, 100));
      await world.roll();
      expect(await world.dumpMetrics()).not.toEqual(before);
      await world.replace(forkHeight, chain.slice(forkAt));
      await world.roll();
      expect(await world.dumpMetrics()).toEqual(before);
    });
  });

  it('cuts what lies after the new head, seen before another branch is written', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(kept, 50));
      await world.roll();
      const before = await world.dumpMetrics();
      await world.write(toBatches(chain.slice(forkAt), 50, lastOf(kept)));
      await world.roll();
      const from = await world.store.findCursor();
      if (!from) throw new Error('a chain is written');
      await world.store.rollBack(world.lease, { from, height: forkHeight });
      expect(await world.roll()).toMatchObject({ height: forkHeight });
      expect(await world.dumpMetrics()).toEqual(before);
    });
  });

  it('to before the first block leaves nothing', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(kept, 50));
      await world.roll();
      const from = await world.store.findCursor();
      if (!from) throw new Error('a chain is written');
      await world.store.rollBack(world.lease, { from, height: undefined });
      expect(await world.roll()).toEqual({ kind: 'empty' });
      expect(await world.dumpMetrics()).toEqual([]);
      expect(await world.query('select * from mark')).toEqual([]);
      await world.write(toBatches(chain, 50));
      await world.roll();
      await expectRebuilt(world);
    });
  });
});

describe('history', () => {
  it('is rolled again where something turns up late', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.roll();
      // As a reading would, whose hour has long been rolled.
      const [late] = await world.query<{ height: number; time: Date }>(
        `update payout set amount = amount + 1 where ctid = (select ctid from payout order by height limit 1 offset 3)
         returning height, time`,
      );
      if (!late) throw new Error('there are payouts');
      await world.query(
        `insert into mark (family, subject, hour) values ('uptime', 'market-test', date_trunc('hour', $1::timestamptz))`,
        [late.time],
      );
      const rolled = await world.roll();
      expect(rolled).toMatchObject({ kind: 'rolled', gone: 0 });
      const hour = Math.floor(late.time.getTime() / 3_600_000);
      expect(world.hours).toEqual([hour, (await listHours(world, 0)).at(-1)]);
      await expectRebuilt(world);
    });
  });

  it('is rolled in lots that end at midnight, each kept, and comes to the same', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      const turns = await world.rollAll({ lot: 5 });
      expect(turns.length).toBe(3);
      for (const turn of turns.slice(0, -1)) {
        expect(turn).toMatchObject({ kind: 'rolled', isBehind: true });
        expect((turn as { time: Date }).time.getTime() % 86_400_000).toBe(0);
      }
      expect(await world.query('select * from mark')).toEqual([]);
      await expectRebuilt(world);
    });
  });

  it('that falls due again while a lot is under way is carried on from there', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.rollAll();
      await world.query(
        `update stake_change set delta = delta + 7 where ctid = (select ctid from stake_change order by height limit 1)`,
      );
      await world.query(
        `insert into mark (family, subject, hour) select 'network', 'market-test', date_trunc('hour', min(time)) from stake_change`,
      );
      await world.query(
        `insert into mark (family, subject, hour) select distinct 'network', 'market-test', date_trunc('hour', time) from event`,
      );
      expect((await world.rollAll({ lot: 5 })).length).toBe(3);
      await expectRebuilt(world);
    });
  });

  it.each([
    { to: 'the day of the lot', height: lastOf(chain.slice(0, 270)).height },
    { to: 'a day after it', height: forkHeight },
  ])('whose chain goes back to $to, while a lot is under way, is cut, and rolled from there', async ({ height }) => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.rollAll();
      await world.query(
        `insert into mark (family, subject, hour) select distinct 'network', 'market-test', date_trunc('hour', time) from event`,
      );
      expect(await world.roll({ lot: 5 })).toMatchObject({ kind: 'rolled', isBehind: true });
      const from = await world.store.findCursor();
      if (!from) throw new Error('a chain is written');
      await world.store.rollBack(world.lease, { from, height });
      await world.rollAll();
      await expectRebuilt(world);
    });
  });

  const plans = [1, 2, 3].flatMap((seed) => [
    { seed, of: 'this test', plan: {} },
    { seed, of: 'the product', plan: createPlan() },
  ]);
  it.each(plans)(
    'written and rolled in any steps is what is made from nothing, by the plan of $of (seed $seed)',
    async ({ seed, plan }) => {
      const world = await openRollWorld(plan);
      try {
        const draw = createDraw(seed);
        let written = chain.slice(0, 100);
        await world.write(toBatches(written, 50));
        for (let step = 0; step < 12; step++) {
          const back = draw(3) === 0 ? draw(80) : 0;
          const base = written.slice(0, written.length - back);
          const from = base.length + 1;
          const next = drawSpacedChain({ seed: draw(1_000), blocks: 1 + draw(70), from, fork: `s${step}` });
          if (back > 0) await world.replace(lastOf(base).height, next);
          else await world.write(toBatches(next, 50, lastOf(base)));
          written = [...base, ...next];
          if (draw(2)) await world.roll({ lot: 1 + draw(60) });
        }
        await world.rollAll();
        await expectRebuilt(world);
      } finally {
        await world.close();
      }
    },
  );
});

describe('a rebuild', () => {
  it('finds what does not belong there, and mends it', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.roll();
      const right = await world.dumpMetrics();
      const subjects = await world.query('select * from metric_subject order by 1');
      await world.query(`update metric_hour set num = num + 1 where ctid = (select min(ctid) from metric_hour)`);
      await world.query(`delete from metric_day where ctid = (select max(ctid) from metric_day)`);
      await world.query(`insert into removed_pair values ('market-test', 20000, 'b', 'market-test:p', 'sameCluster')`);
      // No other number, and other letters.
      await world.query(`update metric_day set num = num * 1.0 where ctid = (select min(ctid) from metric_day)`);

      const verified = await verifyNetwork({ pool: world.pool, network, plan: world.plan });
      expect(toDifferences(verified).map(({ table, rows }) => [table, rows])).toEqual([
        ['removed_pair', 1],
        ['metric_hour', 2],
        ['metric_day', 3],
      ]);
      expect(toDifferences(verified)[0]?.first).toEqual([
        { title: 'buyer b and market-test:p on 2024-10-04, sameCluster', stored: expect.any(String), made: null },
      ]);
      expect(await world.dumpMetrics()).not.toEqual(right);

      const rebuilt = await rebuildNetwork({ pool: world.pool, network, plan: world.plan, compare: true });
      expect(toDifferences(rebuilt)).toEqual(toDifferences(verified));
      expect(await world.dumpMetrics()).toEqual(right);
      expect(await world.query('select * from removed_pair')).toEqual([]);
      expect(await world.query('select * from metric_subject order by 1')).toEqual(subjects);
      await expectRebuilt(world);
    });
  });

  it('leaves hours that come out the same where they are, and mends the others', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.roll();
      const right = await world.dumpMetrics();
      await world.query('update metric_hour set num = num + 1 where ctid = (select min(ctid) from metric_hour)');
      await world.query('update metric_hour set num = num * 1.0 where ctid = (select min(ctid) from metric_hour)');
      await world.query('delete from metric_day where ctid = (select max(ctid) from metric_day)');
      await world.query(
        'insert into metric_hour select subject_key, metric_key, hour + 100000, num, den, n from metric_hour limit 1',
      );
      const places = 'select ctid::text as place from metric_hour order by 1';
      const before = new Set((await world.query(places)).map(({ place }) => place));

      await rebuildNetwork({ pool: world.pool, network, plan: world.plan, compare: false });
      expect(await world.dumpMetrics()).toEqual(right);
      expect((await world.query(places)).filter(({ place }) => !before.has(place))).toHaveLength(2);
      await expectRebuilt(world);
    });
  });

  it('verifies what marks are still to change as if it had been rolled', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(kept, 50));
      await world.roll();
      await world.write(toBatches(chain.slice(forkAt), 50, lastOf(kept)));
      const marks = await world.query('select * from mark order by mark_id');
      await expectRebuilt(world);
      expect(await world.query('select * from mark order by mark_id')).toEqual(marks);
    });
  });

  it('follows from another method, and from a metric that is gone', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(chain, 50));
      await world.roll();
      const [first, ...rest] = catalogue;
      if (!first) throw new Error('there are metrics');
      const plan = { ...world.plan, catalogue: [{ ...first, methodVersion: 2 }, ...rest] };
      expect(await verifyNetwork({ pool: world.pool, network, plan })).toEqual({
        rolled: expect.objectContaining({ isRebuild: true }),
        compared: undefined,
      });
      expect(await world.roll({ plan })).toMatchObject({ kind: 'rolled', isRebuild: true });
      expect(await world.roll({ plan })).toEqual({ kind: 'idle' });
      const fewer = { ...world.plan, catalogue: rest.slice(2), families: world.plan.families.slice(1) };
      expect(await world.roll({ plan: fewer })).toMatchObject({ isRebuild: true });
      expect((await world.dumpMetrics()).filter((line) => line.startsWith('counting'))).toEqual([]);
    });
  });

  it('waits for the turn that is under way', async () => {
    const held = createGate();
    const reached = createGate();
    const world = await openRollWorld({
      firstSteps: [
        async () => {
          reached.open();
          await held.passed;
          return [];
        },
      ],
    });
    try {
      await world.write(toBatches(kept, 50));
      const turn = world.roll();
      await reached.passed;
      const rebuilding = rebuildNetwork({ pool: world.pool, network, plan: world.plan, compare: true });
      held.open();
      expect(await turn).toMatchObject({ kind: 'rolled' });
      expect(await rebuilding).toMatchObject({ compared: { differences: [] }, rolled: { isRebuild: true } });
    } finally {
      await world.close();
    }
  });
});

describe('the open hour', () => {
  it('changes with each block, and is rolled once more when it is over', async () => {
    await inWorld(async (world) => {
      const events = Array.from({ length: 4 }, () => [{ kind: 'parameterChanged', name: 'fee', value: '1' } as const]);
      // 1700002800 is a full hour: the 234th block lies 8 s after it.
      const blocks = [toBlock(200, events), toBlock(230, events), toBlock(234, events)];
      await world.write(toBatches(blocks.slice(0, 1), 1));
      await world.roll();
      expect(await countEvents(world)).toEqual([4]);
      await world.write(toBatches(blocks.slice(1, 2), 1, lastOf(blocks.slice(0, 1))));
      expect(await world.roll()).toMatchObject({ hours: 1 });
      expect(await countEvents(world)).toEqual([8]);
      await world.write(toBatches(blocks.slice(2), 1, lastOf(blocks.slice(0, 2))));
      expect(await world.roll()).toMatchObject({ hours: 2 });
      expect(await countEvents(world)).toEqual([8, 4]);
    });
  });

  it('is rolled where the head moves and nothing happens', async () => {
    await inWorld(async (world) => {
      await world.write(toBatches(kept, 50));
      await world.roll();
      await world.write(toBatches([toBlock(forkHeight + 900, [])], 1, lastOf(kept)));
      expect(await world.query('select * from mark')).toEqual([]);
      expect(await world.roll()).toMatchObject({ kind: 'rolled', height: forkHeight + 900, hours: 4 });
      const levels = await world.query(`select 1 from metric_hour join metric using (metric_key)
        where id = 'level.stake' and hour > (select max(floor(extract(epoch from time) / 3600)) from event)`);
      expect(levels.length).toBe(3);
      await expectRebuilt(world);
    });
  });
});

async function inWorld(work: (world: RollWorld) => Promise<void>): Promise<void> {
  const world = await openRollWorld();
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

async function expectRebuilt(world: RollWorld): Promise<void> {
  const { pool, plan } = world;
  expect(await verifyNetwork({ pool, network, plan })).toMatchObject({ compared: { differences: [] } });
}

function toDifferences(rebuilt: Rebuilt | undefined) {
  if (!rebuilt?.compared) throw new Error('a comparison was asked for');
  return rebuilt.compared.differences;
}

/** From the block above a height to the head, the hours of both included. */
async function listHours(world: RollWorld, above: number): Promise<readonly number[]> {
  const rows = await world.query<{ hour: number }>(
    `select generate_series(floor(min(extract(epoch from time)) / 3600)::int, floor(max(extract(epoch from time)) / 3600)::int) as hour
     from block where height >= $1`,
    [above],
  );
  return rows.map(({ hour }) => hour);
}

/** Which transaction wrote the rows of hours before that of a height. */
async function listStamps(world: RollWorld, height: number) {
  return world.query(
    `select subject_key, metric_key, hour, xmin::text, ctid::text from metric_hour
     where hour < (select floor(extract(epoch from time) / 3600) from block where height = $1) order by 1, 2, 3`,
    [height],
  );
}

function toPlace(line: string): string {
  return line
    .split(' ')
    .slice(0, line.startsWith('progress') ? 2 : 5)
    .join(' ');
}

async function countEvents(world: RollWorld): Promise<readonly number[]> {
  const rows = await world.query<{ num: number }>(
    `select num::int from metric_hour join metric using (metric_key) where id = 'counting.events' order by hour`,
  );
  return rows.map(({ num }) => num);
}

/** Sums are compared in numeric, digit by digit; of providers those of the last two days, of which hours are kept. */
const unequalDays = `
  with summed as (
    select subject_key, metric_key, hour / 24 as day, sum(num) as num, sum(den) as den, sum(n) as n
    from metric_hour join metric using (metric_key) where id like 'counting.%' group by 1, 2, 3
  )
  select * from summed s
  full join (
    select d.* from metric_day d join metric m using (metric_key) join metric_subject s using (subject_key)
    where m.id like 'counting.%' and (s.kind <> 'provider' or d.day >= (select max(hour) / 24 - 1 from metric_hour))
  ) d
    on (d.subject_key, d.metric_key, d.day) = (s.subject_key, s.metric_key, s.day)
  where (s.num, s.den, s.n) is distinct from (d.num, d.den, d.n)`;

function createGate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}
