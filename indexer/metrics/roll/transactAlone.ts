import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { untilAborted } from '../../lib/untilAborted.js';

export interface AloneOptions {
  readonly pool: pg.Pool;
  readonly networkId: string;
  /** Whether another roller of this network is waited for; else it is told of. */
  readonly wait: boolean;
  /** Whether what the work did is kept. */
  readonly keep: boolean;
  /** Ends the statement that runs, or the waiting, with an outage (57014): whoever aborted knows why. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the work in one repeatable-read transaction, as the only one that rolls this network. Undefined where another does. The
 * lock is of the session and taken before the transaction begins, so that the transaction sees what the one before it wrote.
 */
export async function transactAlone<T>(
  options: AloneOptions,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  const client = await options.pool.connect();
  let broken: Error | undefined;
  const note = (error: Error) => {
    broken = error;
  };
  client.on('error', note);
  let isLocked = false;
  try {
    isLocked = await lock(client, options);
    if (!isLocked) return undefined;
    return { result: await untilAborted(client, options, () => transact(client, options.keep, work)) };
  } finally {
    // A connection that broke has given the lock back by that.
    if (isLocked && !broken) await client.query('select pg_advisory_unlock_all()').catch(note);
    client.off('error', note);
    client.release(broken);
  }
}

async function lock(client: pg.ClientBase, { networkId, wait, signal }: AloneOptions): Promise<boolean> {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as locked',
      [...[ROLL_LOCK, networkId]],
    );
    if (rows[0]?.locked) return true;
    if (!wait || signal?.aborted) return false;
    await setTimeout(RETRY_MS);
  }
}

async function transact<T>(client: pg.ClientBase, keep: boolean, work: (client: pg.ClientBase) => Promise<T>) {
  await client.query('begin isolation level repeatable read');
  try {
    await client.query(quiet);
    const result = await work(client);
    await client.query(keep ? 'commit' : 'rollback');
    return result;
  } catch (thrown) {
    // Where the connection broke the server rolls back by itself.
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}

/** The machine's other cores are for those whom somebody waits for. */
const quiet = "set local max_parallel_workers_per_gather = 0; set local jit = off; set local work_mem = '64MB'";

/** Any constant will do, so long as every version of the product takes the same. */
const ROLL_LOCK = 7_264_041;
const RETRY_MS = 50;
