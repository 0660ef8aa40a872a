import type pg from 'pg';
import { toMessage } from '../../schema/lib/errors.js';
import { isOutage } from './outage.js';

/** The connection broke while the commit was under way: it may be done, and it may not. */
export class CommitLostError extends Error {
  override readonly name = 'CommitLostError';
}

/** Runs the work in one transaction: all of it, or none. */
export async function transact<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks between two queries says so by an event; the next query fails with it, too. Such a
  // connection is not given back to the pool, and the server rolls back by itself.
  let broken: Error | undefined;
  const note = (error: Error) => {
    broken = error;
  };
  client.on('error', note);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit').catch((thrown: unknown) => {
      if (!isOutage(thrown)) throw thrown;
      broken = thrown;
      throw new CommitLostError(toMessage(thrown), { cause: thrown });
    });
    return result;
  } catch (thrown) {
    if (!broken) await client.query('rollback').catch(note);
    throw thrown;
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}
