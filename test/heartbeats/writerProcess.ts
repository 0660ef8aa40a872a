/** A writer in a process of its own: the store behind the bus, fed by its parent's messages. SIGTERM ends it in order. */

import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import { createBeatStore } from '../../indexer/telemetry/beats/createBeatStore.js';
import { keepPartitions } from '../../indexer/telemetry/beats/keepPartitions.js';
import { createLocalBus } from '../../indexer/telemetry/bus/createLocalBus.js';
import { createPool } from '../../schema/database.js';
import { assert } from '../../schema/lib/assert.js';

/** What it is told: a batch under a number of the parent's. */
export interface Fed {
  readonly id: number;
  readonly batch: AcceptedBatch;
}

/** What it tells: that it is ready, or what became of a batch; anything but an outcome is to be sent again. */
export type Told = { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly id: number; readonly text: string };

const url = process.env.DATABASE_URL;
assert(url, 'DATABASE_URL is set');
const pool = createPool(url, { role: 'writer', max: 3 });
await keepPartitions(pool, { now: new Date(), rawDays: 7 });
const store = createBeatStore({ pool, runtime: systemRuntime });
const bus = createLocalBus({ runtime: systemRuntime, commitMs: 10, maxBeats: 50_000, observer: 1 });
await bus.consume(store.write);

const tell = (told: Told) => new Promise<void>((resolve) => process.send?.(told, () => resolve()));
const answers = new Set<Promise<void>>();
process.on('message', ({ id, batch }: Fed) => {
  const answer = bus
    // Bytes arrive as an array of another kind.
    .publish({ ...batch, digest: Buffer.from(batch.digest) })
    .catch((thrown: Error) => thrown.name)
    .then((text) => tell({ kind: 'answer', id, text }))
    .then(() => void answers.delete(answer));
  answers.add(answer);
});
process.on('SIGTERM', async () => {
  await bus.close();
  await Promise.all(answers);
  await pool.end();
  process.disconnect();
});
await tell({ kind: 'ready' });
