import { listSlots, openRollupWorld, type RollupWorld } from '../../../test/heartbeats/openRollupWorld.js';
import { silentLog } from '../../../test/silentLog.js';
import type { Runtime } from '../../lib/runtime.js';
import { runRoller } from './runRoller.js';

const HOUR = 489_996;

describe('the roller', () => {
  let world: RollupWorld;
  beforeEach(async () => {
    world = await openRollupWorld();
  });
  afterEach(() => world.end());

  /** Each sleep lets as much time pass; `onSleep` sees how many there were. */
  function createRuntime(start: number, onSleep: (turn: number) => Promise<void>): Runtime {
    let [now, turn] = [0, 0];
    return {
      now: () => now,
      wallTime: () => new Date(start + now),
      async sleep(ms) {
        now += ms;
        turn += 1;
        await onSleep(turn);
      },
      random: () => 0.5,
    };
  }

  async function fill(): Promise<number> {
    const [nodeKey = 0] = await world.register('n', 1);
    const observer = await world.observe('here');
    const slots = listSlots(HOUR, HOUR + 2);
    await world.keepAlive(observer, slots);
    await world.write(slots.map((slot) => ({ nodeKey, slot, observer, digest: BigInt(slot) })));
    return nodeKey;
  }

  it('closes an hour ten minutes after its end, makes partitions, and stops when it is told to', async () => {
    await fill();
    const stopping = new AbortController();
    const closedAt: number[] = [];
    const start = (HOUR + 1) * 3_600_000 + 480_000;
    const runtime = createRuntime(start, async (turn) => {
      const { rows } = await world.pool.query('select count(*)::int as hours from node_verdict');
      closedAt.push(rows[0].hours);
      if (turn === 4) stopping.abort();
    });
    const { pool } = world;
    await runRoller({ pool, runtime, log: silentLog, signal: stopping.signal, rawDays: 7, minObservers: 1 });
    // Turns eight to eleven minutes after the end.
    expect(closedAt).toEqual([0, 0, 1, 1]);
    const { rows } = await pool.query(`select to_regclass('heartbeat_20251127') is not null as made`);
    expect(rows).toEqual([{ made: true }]);
  });

  it('waits while the database is out of reach, and goes on', async () => {
    await fill();
    const stopping = new AbortController();
    const { pool } = world;
    let refusals = 3;
    /** The first few questions find no answer. */
    const shaky = new Proxy(pool, {
      get(target, key) {
        const value = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        if (refusals === 0 || (key !== 'connect' && key !== 'query')) return value.bind(target);
        refusals -= 1;
        return () => Promise.reject(new Error('Connection terminated unexpectedly'));
      },
    });
    const runtime = createRuntime((HOUR + 3) * 3_600_000, async (turn) => {
      if (turn === 5) stopping.abort();
    });
    await runRoller({ pool: shaky, runtime, log: silentLog, signal: stopping.signal, rawDays: 7, minObservers: 1 });
    expect(refusals).toBe(0);
    expect((await pool.query('select distinct hour from node_verdict order by hour')).rows).toEqual([
      { hour: HOUR },
      { hour: HOUR + 1 },
    ]);
  });

  it('ends what it is closing when it is told to stop: the next one does it', async () => {
    await fill();
    const stopping = new AbortController();
    const { pool } = world;
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('lock table node_day in access exclusive mode');
      const runtime = createRuntime((HOUR + 3) * 3_600_000, async () => undefined);
      const rolling = runRoller({
        pool,
        runtime,
        log: silentLog,
        signal: stopping.signal,
        rawDays: 7,
        minObservers: 1,
      });
      const isWaiting = async () =>
        (await pool.query(`select from pg_locks where not granted and relation = 'node_day'::regclass`)).rows.length;
      while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 20));
      stopping.abort();
      // It does not wait for the lock.
      await rolling;
      await client.query('rollback');
    } finally {
      client.release();
    }
    expect((await pool.query('select from node_verdict')).rows).toHaveLength(0);
    await world.close({ atHour: HOUR + 1 });
    expect((await pool.query('select from node_verdict')).rows).toHaveLength(2);
  });

  it('throws what is a bug', async () => {
    await fill();
    await world.pool.query('alter table node_day rename column up to upward');
    const runtime = createRuntime((HOUR + 3) * 3_600_000, async () => undefined);
    const { pool } = world;
    const signal = new AbortController().signal;
    await expect(runRoller({ pool, runtime, log: silentLog, signal, rawDays: 7, minObservers: 1 })).rejects.toThrow(
      'column "up" of relation "node_day" does not exist',
    );
  });

  it('lets a second one stand by', async () => {
    await fill();
    const client = await world.pool.connect();
    try {
      await client.query('select pg_advisory_lock(7264033)');
      await world.close({ atHour: HOUR + 1 });
      expect((await world.pool.query('select from node_verdict')).rows).toHaveLength(0);
      await client.query('select pg_advisory_unlock(7264033)');
      await world.close({ atHour: HOUR + 1 });
      expect((await world.pool.query('select from node_verdict')).rows).toHaveLength(2);
    } finally {
      client.release();
    }
  });
});
