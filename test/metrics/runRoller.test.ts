import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { RollStep } from '../../indexer/metrics/roll/RollStep.js';
import type { Rolled } from '../../indexer/metrics/roll/rollNetwork.js';
import { type MetricsRollerOptions, runMetricsRoller } from '../../indexer/metrics/roll/runMetricsRoller.js';
import { createPool } from '../../schema/database.js';
import { silentLog } from '../silentLog.js';
import { createNetwork, network, toBatches } from '../writer/marketChain.js';
import { openStore } from '../writer/openStore.js';
import { drawSpacedChain, lastOf, openRollWorld, type RollWorld } from './openRollWorld.js';

const chain = drawSpacedChain({ seed: 31, blocks: 600 });
/** More than a day. */
const [past, recent] = [chain.slice(0, 400), chain.slice(400)];

describe('the roller', () => {
  it('rolls what is written, lot after lot and then block after block, until it is stopped', async () => {
    await inWorld([], async (world) => {
      await world.write(toBatches(past, 50));
      const roller = follow(world, { lot: 5 });
      await reach(world, lastOf(past).height);
      await world.write(toBatches(recent, 50, lastOf(past)));
      await reach(world, lastOf(recent).height);
      await roller.stop();
      // What a turn came to is told a moment after it is there.
      expect(roller.turns.slice(0, 2)).toMatchObject([{ isBehind: true }, { isBehind: false }]);
      expect(await world.roll()).toEqual({ kind: 'idle' });
    });
  });

  it('does a turn again whose connection broke, and one that met another', async () => {
    const faults = ['lost', 'conflict', 'lost'];
    const fail: RollStep = async ({ client }) => {
      const fault = faults.pop();
      if (fault === 'lost') await client.query('select pg_terminate_backend(pg_backend_pid())');
      if (fault === 'conflict') await client.query(`do $$ begin raise serialization_failure; end $$`);
      return [];
    };
    await inWorld([fail], async (world) => {
      await world.write(toBatches(past, 50));
      const sleeps: number[] = [];
      const sleep: typeof systemRuntime.sleep = (ms, signal) => {
        sleeps.push(ms);
        return systemRuntime.sleep(1, signal);
      };
      const roller = follow(world, { runtime: { ...systemRuntime, sleep, random: () => 0 } });
      await reach(world, lastOf(past).height);
      await roller.stop();
      expect(faults).toEqual([]);
      // Longer and longer; then the pause between two turns.
      expect(sleeps.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 50]);
    });
  });

  it('ends with a bug', async () => {
    const bug: RollStep = async () => {
      throw new Error('a bug of a step');
    };
    await inWorld([bug], async (world) => {
      await world.write(toBatches(past, 50));
      await expect(follow(world).done).rejects.toThrow('a bug of a step');
    });
  });

  it('ends at once in the middle of a turn, and of a pause', async () => {
    const slow: RollStep = async ({ client }) => {
      begin();
      await client.query('select pg_sleep(600)');
      return [];
    };
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await inWorld([slow], async (world) => {
      await world.write(toBatches(past, 50));
      const roller = follow(world);
      await begun;
      await roller.stop();
      expect(roller.turns).toEqual([]);
      expect((await world.query('select * from mark')).length).toBeGreaterThan(0);
    });
    const heedful: RollStep = async ({ signal }) => {
      begin();
      while (signal && !signal.aborted) await systemRuntime.sleep(5);
      signal?.throwIfAborted();
      return [];
    };
    await inWorld([heedful], async (world) => {
      await world.write(toBatches(past, 50));
      const running = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const roller = follow(world);
      await running;
      await roller.stop();
      expect(roller.turns).toEqual([]);
    });
    await inWorld([], async (world) => {
      const roller = follow(world, { intervalMs: 600_000 });
      while (roller.turns.length === 0) await systemRuntime.sleep(10);
      await roller.stop();
      expect(roller.turns).toEqual([{ kind: 'empty' }]);
    });
  });

  it('shares the work with another one, and comes to the same', async () => {
    await inWorld([], async (world) => {
      const rollers = [follow(world), follow(world)];
      let after: ReturnType<typeof lastOf> | undefined;
      for (let at = 0; at < chain.length; at += 40) {
        const part = chain.slice(at, at + 40);
        await world.write(toBatches(part, 20, after));
        after = lastOf(part);
      }
      await reach(world, lastOf(chain).height);
      for (const roller of rollers) await roller.stop();
      const shared = await world.dumpMetrics();
      await world.query('delete from metric_progress');
      await world.roll();
      expect(await world.dumpMetrics()).toEqual(shared);
    });
  });

  it('passes over networks that nobody describes, and rolls the others', async () => {
    const other = createNetwork('other-test');
    const store = await openStore({ networks: [network, other] });
    const turns: string[] = [];
    try {
      await store.write(toBatches(past, 50));
      const stopping = new AbortController();
      await runMetricsRoller({
        ...{ pool: store.pool, runtime: systemRuntime, log: silentLog, signal: stopping.signal, intervalMs: 50 },
        ...{ plan: { catalogue: [], firstSteps: [], families: [], lastSteps: [] }, networks: [other] },
        onTurn(id) {
          turns.push(id);
          stopping.abort();
        },
      });
      expect(turns).toEqual(['other-test']);
    } finally {
      await store.close();
    }
  });

  it('waits until the first backfill has given back its indexes', async () => {
    await inWorld([], async (world) => {
      await world.write(toBatches(past, 50));
      await world.query("insert into deferred_index values ('some_index', 'create index …')");
      expect(await world.roll()).toEqual({ kind: 'waiting' });
      await world.query('delete from deferred_index');
      expect(await world.roll()).toMatchObject({ kind: 'rolled' });
    });
  });
});

async function inWorld(firstSteps: readonly RollStep[], work: (world: RollWorld) => Promise<void>): Promise<void> {
  const world = await openRollWorld({ firstSteps });
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

function follow(world: RollWorld, overrides: Partial<MetricsRollerOptions> = {}) {
  const stopping = new AbortController();
  const turns: Rolled[] = [];
  const pool = createPool(String(world.pool.options.connectionString), { role: 'roll', max: 3 });
  const done = runMetricsRoller({
    ...{ pool, runtime: systemRuntime, log: silentLog, signal: stopping.signal, plan: world.plan, networks: [network] },
    intervalMs: 50,
    onTurn: (_, rolled) => turns.push(rolled),
    ...overrides,
  }).finally(() => pool.end());
  done.catch(() => undefined);
  return {
    turns,
    done,
    stop() {
      stopping.abort();
      return done;
    },
  };
}

async function reach(world: RollWorld, height: number): Promise<void> {
  const isThere = async () =>
    (await world.query('select 1 from metric_progress where rolled_height = $1', [height])).length === 1;
  while (!(await isThere())) await systemRuntime.sleep(20);
}
