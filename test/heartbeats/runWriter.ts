import pg from 'pg';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { createNatsBus } from '../../indexer/telemetry/bus/createNatsBus.js';
import { silentLog } from '../silentLog.js';

/** `runWriter.ts <NATS url> <Postgres url>`: a writer in a process of its own, for a test that kills it. Says what it writes. */
const [url = '', databaseUrl] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
const store = createBeatStore({ pool, runtime: systemRuntime });
const bus = createNatsBus({ url, log: silentLog, runtime: systemRuntime, commitMs: 5, ackWaitMs: 1_000 });
await bus.consume(async (batches, alive) => {
  const outcomes = await store.write(batches, alive);
  for (const outcome of outcomes) process.stdout.write(`${outcome}\n`);
  return outcomes;
});
process.stdout.write('ready\n');
