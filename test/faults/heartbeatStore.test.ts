import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { dropPostgres } from '../../cli/postgres/dropPostgres.js';
import { openPostgres } from '../../cli/postgres/openPostgres.js';
import type { Runtime } from '../../indexer/lib/runtime.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { keepPartitions } from '../../indexer/telemetry/beats/keepPartitions.js';
import { createLocalBus, type LocalBus, type LocalBusOptions } from '../../indexer/telemetry/bus/createLocalBus.js';
import { createPool, migrate } from '../../schema/database.js';
import { createFeeder, type Feeder } from '../heartbeats/createFeeder.js';
import { makeBatch } from '../heartbeats/makeBatches.js';
import { startWriter } from '../heartbeats/startWriter.js';
import { createRandom } from '../simulation/createRandom.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { startProxy } from './startProxy.js';

const OBSERVER = 1;
const firstSlot = Math.floor(Date.now() / 60_000) - 120;

let database: TestDatabase;
let pool: pg.Pool;
const opened: { close(): Promise<unknown> }[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test' });
  await keepPartitions(pool, { now: new Date(), rawDays: 7 });
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  await pool.end();
  await database.drop();
});

/** A gateway's bus with its store, and those who send to it; together they want to send more than fits at a time. */
async function open(
  url: string,
  { runtime = systemRuntime, ...options }: Partial<LocalBusOptions> & { readonly runtime?: Runtime } = {},
): Promise<{ readonly bus: LocalBus; readonly feeder: Feeder }> {
  const own = createPool(url, { role: 'bus', max: 3 });
  opened.push({ close: () => own.end() });
  const store = createBeatStore({ pool: own, runtime, giveUpMs: 200 });
  const bus = createLocalBus({ runtime, commitMs: 5, maxBeats: 350, observer: OBSERVER, waitMs: 300, ...options });
  opened.push(bus);
  await bus.consume(store.write);
  const random = createRandom(1, 'feeder');
  const feeder = createFeeder((batch) => bus.publish(batch).catch((thrown: Error) => thrown.name), {
    firstSlot,
    random,
  });
  opened.push({ close: () => feeder.stop() });
  return { bus, feeder };
}

async function moreAcked(feeder: Feeder, more: number): Promise<void> {
  for (const enough = feeder.acked + more; feeder.acked < enough; ) await sleep(5);
}

async function answered(feeder: Feeder, answer: string): Promise<void> {
  while (!feeder.answers.has(answer)) await sleep(5);
}

describe('a database in trouble under heartbeats', () => {
  it.each([
    ['53100', 'a full disk'],
    ['53300', 'too many connections'],
    ['25006', 'a read-only server'],
    ['57P01', 'a server that shuts down'],
  ])('fault 39: %s, %s, makes senders wait or come again, and nothing acknowledged is lost', async (code) => {
    const { feeder } = await open(database.url);
    await moreAcked(feeder, 100);
    await pool.query(`
      create function refuse() returns trigger language plpgsql as $$
        begin raise exception 'refused' using errcode = '${code}'; end $$;
      create trigger refusing before insert on beat_batch for each statement execute function refuse()`);
    await answered(feeder, 'BusyError');
    // Who has waited long is told so, and comes again with what is still in the queue.
    await answered(feeder, 'RetryableError');
    const before = feeder.acked;
    await sleep(300);
    expect(feeder.acked).toBe(before);
    await pool.query('drop trigger refusing on beat_batch');
    await moreAcked(feeder, 200);
    await feeder.stop();
    expect(await feeder.check(pool)).toEqual({ acked: feeder.acked, lost: 0, doubled: 0 });
  });

  it('fault 39: PostgreSQL that is killed and started again under load loses nothing acknowledged', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'computescan-restart-'));
    await chmod(dataDir, 0o711);
    let server = await openPostgres({ dataDir });
    const proxy = await startProxy(server.url);
    try {
      await migrate(server.url);
      const direct = createPool(server.url, { role: 'test' });
      await keepPartitions(direct, { now: new Date(), rawDays: 7 });
      await direct.end();
      const { bus, feeder } = await open(proxy.url);
      for (let round = 0; round < 4; round += 1) {
        await moreAcked(feeder, 100);
        proxy.setTarget(undefined);
        process.kill(server.pid, 'SIGKILL');
        await sleep(round * 150);
        server = await openPostgres({ dataDir });
        proxy.setTarget(server.url);
      }
      await moreAcked(feeder, 100);
      await feeder.stop();
      await bus.close();
      const after = createPool(server.url, { role: 'test' });
      expect(await feeder.check(after)).toEqual({ acked: feeder.acked, lost: 0, doubled: 0 });
      await after.end();
    } finally {
      await proxy.close();
      await server.stop();
      await dropPostgres(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('fault 7: a commit whose answer is lost is found again, and is neither doubled nor called a duplicate', async () => {
    const proxy = await startProxy(database.url);
    const own = createPool(proxy.url, { role: 'cut', max: 1 });
    try {
      const store = createBeatStore({ pool: own, runtime: systemRuntime });
      for (let counter = 1; counter <= 8; counter += 1) {
        proxy.cutAtCommit();
        expect(await store.write([makeBatch({ counter })])).toEqual(['written']);
      }
      expect(proxy.cuts).toBe(8);
      const { rows } = await pool.query('select count(*), count(distinct counter) as batches from heartbeat');
      expect(rows).toEqual([{ count: 8, batches: 8 }]);
    } finally {
      await own.end();
      await proxy.close();
    }
  });
});

describe('a writer of heartbeats', () => {
  it('fault 46: SIGTERM under load drains within ten seconds, ends with code 0, and nothing acknowledged is lost', async () => {
    const writer = startWriter(database.url);
    await writer.ready;
    let isEnding = false;
    const feeder = createFeeder(
      // When it has ended, nobody is there to send to: what was not acknowledged does not count.
      async (batch) => (await writer.publish(batch)) ?? (isEnding ? new Promise(() => undefined) : undefined),
      { firstSlot, random: createRandom(2, 'feeder') },
    );
    await moreAcked(feeder, 300);
    isEnding = true;
    const begun = performance.now();
    writer.kill('SIGTERM');
    expect(await writer.exited).toEqual({ code: 0, output: '' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(await feeder.check(pool)).toEqual({ acked: feeder.acked, lost: 0, doubled: 0 });
  });

  it('fault 47: a clock that steps back an hour stops no commit and counts no slot twice', async () => {
    let backMs = 0;
    const runtime = { ...systemRuntime, wallTime: () => new Date(Date.now() - backMs) };
    const { feeder } = await open(database.url, { runtime, maxBeats: 10_000 });
    const readAlive = async () =>
      (await pool.query('select slot, alive::text from observer_slot where observer = $1 order by 1', [OBSERVER])).rows;
    await moreAcked(feeder, 100);
    while ((await readAlive()).length === 0) await sleep(20);
    backMs = 3_600_000;
    await moreAcked(feeder, 400);
    await sleep(1_500);
    await moreAcked(feeder, 100);
    await feeder.stop();
    expect(await feeder.check(pool)).toEqual({ acked: feeder.acked, lost: 0, doubled: 0 });
    // Of the hour that is lived through twice nothing new is claimed.
    const early = (await readAlive()).filter(({ slot }) => slot < Date.now() / 60_000 - 30);
    expect(early).toEqual([]);
  });
});
