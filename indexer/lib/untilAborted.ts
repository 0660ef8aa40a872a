import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';

/**
 * Does the work with a connection; an abort ends the statement that runs on it. What is thrown then is an outage (57014): whoever
 * aborted knows why.
 */
export async function untilAborted<T>(
  client: pg.ClientBase,
  { pool, signal }: { readonly pool: pg.Pool; readonly signal?: AbortSignal | undefined },
  work: () => Promise<T>,
): Promise<T> {
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
    return await work();
  } finally {
    isOver = true;
    signal?.removeEventListener('abort', begin);
    // What is still under way must not meet the next one who uses this connection.
    await cancelling;
  }
}

const CANCEL_MS = 50;
