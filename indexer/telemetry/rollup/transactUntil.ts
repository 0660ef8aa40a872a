import type pg from 'pg';
import { untilAborted } from '../../lib/untilAborted.js';
import { transact } from '../../writer/transact.js';

/** As `transact`; an abort ends the statement that runs, and all of the work is undone. */
export async function transactUntil<T>(
  pool: pg.Pool,
  signal: AbortSignal | undefined,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  return transact(pool, (client) => untilAborted(client, { pool, signal }, () => work(client)));
}
