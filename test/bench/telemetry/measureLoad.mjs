import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { toMacSecret } from '../../../dist/indexer/telemetry/gateway/toMacSecret.js';
import { readMachineSeconds } from '../run/startProcess.mjs';
import { seedWorld, toDelegationId } from './seedWorld.mjs';
import { MAC_KEY, startGateway, untilReady } from './startGateway.mjs';

const generator = fileURLToPath(new URL('./loadGenerator.mjs', import.meta.url));
/** Of the measured rate, before it. */
const WARM_SHARE = 0.25;

/**
 * One case: the product's telemetry process (gateway, writer and roller) on a fresh database, generators beside it. A run
 * counts only if every acknowledged beat is in the database once.
 */
export async function measureLoad({ name, server, port, loads, seconds, warmSeconds, workFolder }) {
  const [honest] = loads;
  const databaseUrl = await server.createDatabase('bench_telemetry');
  const sessions = Math.max(...loads.map((load) => (load.firstSession ?? 0) + load.sessions));
  await seedWorld(databaseUrl, { sessions, mac: honest.mode === 'mac' });
  const gateway = startGateway({ databaseUrl, port, workFolder });
  const url = `http://127.0.0.1:${port}`;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await untilReady(url, gateway);
    // First sights of sessions and of code are no part of a steady load.
    const warmRate = honest.beatsPerSecond * WARM_SHARE;
    await run({ ...honest, url, seconds: warmSeconds, beatsPerSecond: warmRate });
    // A node beats once a minute: the measured beats are of others.
    const firstBatch = Math.ceil((warmRate * warmSeconds) / honest.batch);
    const firstCounter = 1_000;
    const before = {
      cpu: gateway.cpuSeconds(),
      server: server.cpuSeconds(),
      machine: readMachineSeconds(),
      at: Date.now(),
    };
    const rows = await countRows(client);
    const results = await Promise.all(loads.map((load) => run({ ...load, url, seconds, firstCounter, firstBatch })));
    const spent = {
      gateway: gateway.cpuSeconds() - before.cpu,
      postgres: server.cpuSeconds() - before.server,
      generators: results.reduce((sum, result) => sum + result.cpuSeconds, 0),
    };
    const machine = readMachineSeconds() - before.machine;
    const stored = await countRows(client);
    const [first] = results;
    const acknowledged = first.written + first.late;
    const elapsed = first.seconds;
    const cores = (spent.gateway + spent.postgres + spent.generators) / elapsed;
    return {
      name,
      ok: stored.raw - rows.raw >= acknowledged && first.failed === 0,
      acknowledged,
      stored: stored.raw - rows.raw,
      bits: stored.bits - rows.bits,
      beatsPerSecond: acknowledged / Math.max(first.sendSeconds, elapsed - 0.25),
      sent: first.sent * honest.batch,
      share: acknowledged / (first.sent * honest.batch),
      p50: first.p50,
      p99: first.p99,
      max: first.max,
      cores,
      perCore: Object.fromEntries(Object.entries(spent).map(([who, s]) => [who, s / elapsed])),
      othersCores: machine / elapsed - cores,
      memoryMb: gateway.peakMemoryMb(),
      results,
    };
  } finally {
    await client.end();
    await gateway.stop();
  }
}

/** One generator process, to its end. */
async function run(load) {
  const ids = Array.from({ length: load.sessions }, (_, index) => (load.firstSession ?? 0) + index);
  const macSecrets =
    load.mode === 'mac'
      ? Object.fromEntries(ids.map((id) => [id, toMacSecret(MAC_KEY, toDelegationId(id))]))
      : undefined;
  const child = spawn(process.execPath, [generator, JSON.stringify({ ...load, macSecrets })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) last = line;
  return JSON.parse(last);
}

/** How many beats the database holds, and how many slots are up. */
async function countRows(client) {
  const { rows } = await client.query(`
    select (select count(*) from heartbeat) as raw,
      (select coalesce(sum(bit_count((up | late)::bit(64))), 0) from node_hour_open)
        + (select coalesce(sum(bit_count((up | late)::bit(64))), 0) from node_hour) as bits`);
  return { raw: Number(rows[0].raw), bits: Number(rows[0].bits) };
}
