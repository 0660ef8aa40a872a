import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { transact } from '../../writer/transact.js';

/**
 * As `transact`; an abort ends the statement that runs, and all of the work is undone. What is thrown then is an outage
 * (57014): whoever aborted knows why.
 */
export async function transactUntil<T>(
  pool: pg.Pool,
  signal: AbortSignal | undefined,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  return transact(pool, async (client) => {
    let isOver = false;
    let cancelling: Promise<void> | undefined;
    // Again and again: between two statements there is nothing to cancel.
    const cancelAll = async () => {
      while (!isOver) {
        await pool
          .query('select pg_cancel_backend($1)', [(client as { processID?: number }).processID])
          .catch(() => undefined);
        await setTimeout(CANCEL_MS);
      }
    };
    const begin = () => {
      cancelling ??= cancelAll();
    };
    signal?.addEventListener('abort', begin);
    if (signal?.aborted) begin();
    try {
      return await work(client);
    } finally {
      isOver = true;
      signal?.removeEventListener('abort', begin);
      // What is still under way must not meet the next one who uses this connection.
      await cancelling;
    }
  });
}

const CANCEL_MS = 50;
