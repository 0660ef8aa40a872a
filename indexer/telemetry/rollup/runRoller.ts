import type pg from 'pg';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import { isOutage } from '../../writer/outage.js';
import { CommitLostError } from '../../writer/transact.js';
import { keepPartitions } from '../beats/keepPartitions.js';
import { pruneBatches } from '../beats/pruneBatches.js';
import { closeHours } from './closeHours.js';
import { packMonths } from './packMonths.js';
import { type Swept, sweepFlags } from './sweepFlags.js';

export interface RollerOptions {
  readonly pool: pg.Pool;
  readonly runtime: Runtime;
  readonly log: Log;
  /** Ends it, after what is under way. */
  readonly signal: AbortSignal;
  /** Days for which single beats are kept. */
  readonly rawDays: number;
  /** For how long a batch is known again; left out, as long as it could be in time. */
  readonly keepBatchesMs?: number;
  readonly minObservers: number;
}

/**
 * Flags, closes hours and keeps partitions for as long as it may, once a minute. Outages of the database pass, and what they
 * interrupted is done again; a bug is thrown. Of several processes one closes.
 */
export async function runRoller(options: RollerOptions): Promise<void> {
  const { runtime, log, signal } = options;
  const backoff = createBackoff({ firstMs: 1_000, maxMs: 60_000, runtime });
  const state: RollerState = { swept: undefined, keptAt: -Infinity };
  while (!signal.aborted) {
    try {
      await turn(options, state);
      backoff.reset();
      await runtime.sleep(TURN_MS, signal);
    } catch (thrown) {
      // What may or may not be committed is made once more, which changes nothing.
      if (!(thrown instanceof CommitLostError || isOutage(thrown))) throw thrown;
      if (signal.aborted) return;
      log.warn({ reason: toMessage(thrown) }, 'the database is out of reach; closing hours waits');
      await backoff.wait(signal);
    }
  }
}

interface RollerState {
  swept: Swept | undefined;
  keptAt: number;
}

async function turn(options: RollerOptions, state: RollerState): Promise<void> {
  const { pool, runtime, log, signal, rawDays, keepBatchesMs, minObservers } = options;
  const isTidying = runtime.now() - state.keptAt >= KEEP_MS;
  if (isTidying) {
    const { made, dropped } = await keepPartitions(pool, { now: runtime.wallTime(), rawDays, log });
    if (made.length + dropped.length > 0) log.info({ made, dropped }, 'partitions of heartbeats are kept');
    state.keptAt = runtime.now();
  }
  if (signal.aborted) return;
  const now = runtime.wallTime().getTime();
  state.swept = await sweepFlags({ pool, now, swept: state.swept, runtime, signal });
  if (signal.aborted) return;
  // After the sweep: of batches that are forgotten no clone is found.
  await pruneBatches(pool, runtime.wallTime(), keepBatchesMs);
  if (signal.aborted) return;
  const { isBusy, hours } = await closeHours({ pool, now, minObservers, signal });
  if (hours > 0) log.info({ hours }, 'hours of heartbeats are closed');
  if (isBusy) log.debug({}, 'another process closes hours');
  // Last of all: nothing waits for it.
  if (!isTidying) return;
  const packed = await packMonths(pool, runtime.wallTime(), signal);
  if (packed.length > 0) log.info({ packed }, 'indexes of past months are packed');
}

const TURN_MS = 60_000;
const KEEP_MS = 600_000;
