import type pg from 'pg';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import { isOutage } from '../../writer/outage.js';
import { keepPartitions } from './keepPartitions.js';
import { pruneBatches } from './pruneBatches.js';

export interface UpkeepOptions {
  readonly pool: pg.Pool;
  readonly runtime: Runtime;
  readonly rawDays: number;
  readonly log: Log;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Keeps partitions and forgets old batches until it is told to end. Any number of processes may; a bug is thrown. */
export async function runUpkeep({ pool, runtime, rawDays, log, signal }: UpkeepOptions): Promise<void> {
  const backoff = createBackoff({ firstMs: 1_000, maxMs: 60_000, runtime });
  let keptAt = -Infinity;
  while (!signal.aborted) {
    try {
      const now = runtime.wallTime();
      if (runtime.now() - keptAt >= KEEP_MS) {
        const { made, dropped } = await keepPartitions(pool, { now, rawDays, log });
        if (made.length + dropped.length > 0) log.info({ made, dropped }, 'partitions of heartbeats');
        keptAt = runtime.now();
      }
      await pruneBatches(pool, now);
      backoff.reset();
      await runtime.sleep(PRUNE_MS, signal);
    } catch (thrown) {
      if (!isOutage(thrown)) throw thrown;
      log.warn({ reason: toMessage(thrown) }, 'the database is out of reach; the upkeep of heartbeats waits');
      await backoff.wait(signal);
    }
  }
}

const KEEP_MS = 900_000;
const PRUNE_MS = 60_000;
