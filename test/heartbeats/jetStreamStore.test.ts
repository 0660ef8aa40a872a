import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type pg from 'pg';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { ensureSlots } from '../../indexer/telemetry/beats/partitions.js';
import { createNatsBus, type NatsBus, type NatsBusOptions } from '../../indexer/telemetry/bus/createNatsBus.js';
import { createPool } from '../../schema/database.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { makeBatch, makeBeat, SLOT } from './makeBatches.js';
import { describeWithNats, type NatsServer, startNats } from './startNats.js';

describeWithNats('JetStream and Postgres', () => {
  let server: NatsServer;
  let database: TestDatabase;
  let pool: pg.Pool;
  const buses: NatsBus[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, { role: 'test' });
    await ensureSlots(pool, SLOT, SLOT + 200);
  });
  beforeEach(async () => {
    server = await startNats();
    await clear();
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    await server.stop();
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const createStore = () => createBeatStore({ pool, runtime: systemRuntime });

  function open(options: Partial<NatsBusOptions> = {}): NatsBus {
    const fast = { commitMs: 5, retryMs: 20, publishMs: 2_000, ackWaitMs: 1_000 };
    const bus = createNatsBus({ url: server.url, log: silentLog, runtime: systemRuntime, ...fast, ...options });
    buses.push(bus);
    return bus;
  }

  test('after a kill of the server every acknowledged batch is in Postgres, once', async () => {
    const batches = makeHistory(300);
    const gateway = open();
    await open().consume(createStore().write);
    let sent = 0;
    const sending = Promise.all(
      batches.map(async (batch, position) => {
        await sleep(position * 3);
        await send(gateway, batch);
        sent += 1;
      }),
    );
    await until(() => sent > 80);
    await server.restart();
    await sending;
    await until(isAllAcknowledged);
    expect(await dump()).toEqual(await writeAlone(batches));
  });

  test('two gateways and two writers, one of them killed, leave what a single writer leaves', async () => {
    const batches = makeHistory(400);
    const [kept, reused] = [batches[10], batches[20]].map((batch) => batch as AcceptedBatch) as [
      AcceptedBatch,
      AcceptedBatch,
    ];
    const conflict = { ...reused, digest: Buffer.alloc(16, 7) };
    const gateways = [open(), open()] as const;
    const writers = await Promise.all([startWriter(), startWriter()]);
    let sent = 0;
    const sending = Promise.all(
      batches.map(async (batch, position) => {
        await sleep(position * 5);
        // A sender whose answer was lost goes to the other gateway.
        await Promise.all(gateways.slice(0, position % 3 === 0 ? 2 : 1).map((gateway) => send(gateway, batch)));
        sent += 1;
      }),
    );
    await until(() => sent > 100 && writers[0].written() > 0);
    writers[0].process.kill('SIGKILL');
    await sending;
    expect(await send(gateways[1], kept)).toBe('duplicate');
    expect(await send(gateways[1], conflict)).toBe('conflict');
    await until(isAllAcknowledged);
    writers[1].process.kill('SIGKILL');
    expect(writers[1].written()).toBeGreaterThan(0);
    const left = await dump();
    expect(left.flags).not.toEqual([]);
    expect(left).toEqual(await writeAlone([...batches, conflict]));
  });

  test('what is handed out again after it was committed changes nothing', async () => {
    const batches = makeHistory(60);
    const bus = open();
    const store = createStore();
    let lost = 0;
    await bus.consume(async (given, alive) => {
      const outcomes = await store.write(given, alive);
      // Committed, and the writer gone before it could say so.
      if (outcomes.includes('written')) {
        lost += 1;
        throw new RetryableError('nobody hears of it');
      }
      return outcomes;
    });
    await Promise.all(batches.map((batch) => send(bus, batch)));
    await until(isAllAcknowledged);
    expect(lost).toBeGreaterThan(0);
    expect(await dump()).toEqual(await writeAlone(batches));
  });

  test('the seconds in which a gateway was alive are written by whichever writer there is', async () => {
    const gateway = open({ observer: 5 });
    await open().consume(createStore().write);
    await send(gateway, makeBatch());
    const read = () =>
      pool.query<{ observer: number; alive: string }>('select observer, alive::text from observer_slot');
    await until(async () => (await read()).rows.length > 0);
    const { rows } = await read();
    expect(rows.every(({ observer, alive }) => observer === 5 && BigInt(alive) > 0n)).toBe(true);
  });

  /** Whether nothing waits in the stream, be it for a writer or for its word. */
  async function isAllAcknowledged(): Promise<boolean> {
    await sleep(50);
    const connection = await connect({ servers: server.url });
    try {
      const jsm = await jetstreamManager(connection);
      let count = 0;
      for await (const { num_pending, num_ack_pending } of jsm.consumers.list('beats')) {
        if (num_pending + num_ack_pending > 0) return false;
        count += 1;
      }
      return count === 16;
    } finally {
      await connection.close();
    }
  }

  async function startWriter() {
    const loader = new URL('../simulation/runTypeScript.mjs', import.meta.url).href;
    const script = fileURLToPath(new URL('runWriter.ts', import.meta.url));
    const { NODE_OPTIONS: _, ...env } = process.env;
    const args = ['--no-warnings', '--import', loader, script, server.url, database.url];
    const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout?.on('data', (chunk) => (said += String(chunk)));
    await until(() => said.includes('ready') || child.exitCode !== null);
    expect(child.exitCode).toBeNull();
    return { process: child, written: () => said.split('written').length - 1 };
  }

  async function clear(): Promise<void> {
    await pool.query('truncate beat_batch, heartbeat, node_hour_open, node_hardware, beat_flag, observer_slot');
  }

  /** What one writer leaves that got the batches in their order. */
  async function writeAlone(batches: readonly AcceptedBatch[]) {
    await clear();
    for (const batch of batches) await createStore().write([batch]);
    return dump();
  }

  async function dump() {
    const read = async (text: string) => (await pool.query({ text, rowMode: 'array' })).rows;
    return {
      batches: await read(`select delegation_key, counter, encode(digest, 'hex') from beat_batch order by 1, 2`),
      beats: await read('select heartbeat::text from heartbeat order by 1'),
      hours: await read('select node_hour_open::text from node_hour_open order by 1'),
      hardware: await read('select node_hardware::text from node_hardware order by 1'),
      flags: await read('select beat_flag::text from beat_flag order by 1'),
    };
  }
});

/** Batches of nine delegations over three hours, whose nodes partly overlap, late beats and machines among them. */
function makeHistory(count: number): readonly AcceptedBatch[] {
  return Array.from({ length: count }, (_, position) => {
    const delegationKey = (position % 9) + 1;
    const slot = SLOT + (position % 180);
    const beats = [0, 1, 2, 3].map((node) =>
      makeBeat({
        ...{ nodeKey: delegationKey * 3 + node, slot, late: position % 7 === 0, rttUs: 1_000 + position },
        ...(node === 0 && { hardware: { gpuModel: `H${position % 3}`, gpuCount: 8, vramMb: 80_000 } }),
      }),
    );
    return makeBatch({ delegationKey, counter: position + 1, beats });
  });
}

/** What a gateway's sender does: the same again until it has an answer. */
async function send(bus: NatsBus, batch: AcceptedBatch) {
  for (;;) {
    try {
      return await bus.publish(batch);
    } catch (thrown) {
      if (!(thrown instanceof RetryableError)) throw thrown;
      await sleep(20);
    }
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}
