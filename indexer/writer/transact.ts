import type pg from 'pg';

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
    await client.query('commit');
    return result;
  } catch (thrown) {
    await client.query('rollback').catch(note);
    throw thrown;
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}
