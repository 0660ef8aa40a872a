import type pg from 'pg';
import { SLOT_MS, SLOTS_PER_HOUR } from '../../../schema/heartbeat/slots.js';
import { ensureHours } from '../beats/partitions.js';
import { closeBatch } from './closeBatch.js';
import { type HourRange, toRanges } from './HourRange.js';
import { rollupSettings } from './planner.js';
import { sql } from './sql.js';
import { transactUntil } from './transactUntil.js';

export interface CloseOptions {
  readonly pool: pg.Pool;
  /** Unix ms. */
  readonly now: number;
  /** How many healthy network groups a verdict needs. */
  readonly minObservers: number;
  /** Ends it: between two lots of hours, or with an outage within one. The rest is done by the next run. */
  readonly signal?: AbortSignal;
}

export interface Closed {
  /** Another roller is at it; nothing was done. */
  readonly isBusy: boolean;
  /** Hours of networks that were closed, or closed again. */
  readonly hours: number;
}

/** After the end of an hour; all that could be in time has come by then, unless a writer was away. */
export const CLOSE_AFTER_MS = 10 * 60_000;

/** The last hour that may be closed at this time, unix ms. */
export function toDueHour(now: number): number {
  return Math.floor((now - CLOSE_AFTER_MS) / (SLOT_MS * SLOTS_PER_HOUR)) - 1;
}

/**
 * Closes every hour that is due, and again those that got more since. A transaction for each lot of hours: what a crash leaves
 * undone is done by the next run. One roller at a time; a second one is told so.
 */
export async function closeHours(options: CloseOptions): Promise<Closed> {
  const lock = await options.pool.connect();
  const note = () => undefined;
  lock.on('error', note);
  let isLocked = false;
  try {
    const { rows } = await lock.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [ROLLER_LOCK]);
    isLocked = rows[0]?.locked === true;
    return isLocked ? { isBusy: false, hours: await closeAll(options) } : { isBusy: true, hours: 0 };
  } finally {
    lock.off('error', note);
    // A connection that broke has given the lock back by that.
    const broken = isLocked
      ? await lock.query('select pg_advisory_unlock($1)', [ROLLER_LOCK]).then(
          () => false,
          () => true,
        )
      : false;
    lock.release(broken);
  }
}

/** Any constant will do, so long as every version of the product takes the same. */
const ROLLER_LOCK = 7_264_033;

interface Due {
  readonly network_id: string;
  readonly nodes: number;
  readonly first_hour: number;
  readonly hours: readonly number[];
}

async function closeAll({ pool, now, minObservers, signal }: CloseOptions): Promise<number> {
  const dueHour = toDueHour(now);
  const { rows } = await pool.query<Due>(sql.listHours, [dueHour]);
  let closed = 0;
  for (const { network_id: networkId, nodes, hours } of rows) {
    const watched = { fromHour: dueHour - WATCHED_HOURS + 1, toHour: dueHour };
    const batches = toBatches(hours, nodes);
    // Even where nothing is to be closed, an observer may turn out to have been away, or a node to have left.
    for (const [index, range] of (batches.length > 0 ? batches : [none]).entries()) {
      if (signal?.aborted) return closed;
      const isLast = index >= batches.length - 1;
      if (range.toHour >= range.fromHour) await ensureHours(pool, range.fromHour, range.toHour);
      await transactUntil(pool, signal, async (client) => {
        await client.query(rollupSettings);
        await closeBatch(client, { networkId, range, watched: isLast ? watched : none, minObservers, isLast });
      });
      closed += Math.max(0, range.toHour - range.fromHour + 1);
    }
  }
  return closed;
}

/** So long is word of observers and of the chain waited for. */
const WATCHED_HOURS = 24;

const none: HourRange = { fromHour: 0, toHour: -1 };

function toBatches(hours: readonly number[], nodes: number): readonly HourRange[] {
  const size = Math.max(1, Math.floor(NODE_HOURS / Math.max(1, nodes)));
  return toRanges(hours, { gap: 1 }).flatMap(({ fromHour, toHour }) => {
    const batches: HourRange[] = [];
    for (let from = fromHour; from <= toHour; from += size) {
      batches.push({ fromHour: from, toHour: Math.min(toHour, from + size - 1) });
    }
    return batches;
  });
}

/** In one transaction. */
const NODE_HOURS = 300_000;
