import type pg from 'pg';

/** Runs the work in one transaction: all of it, or none. */
export async function transact<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (thrown) {
    await client.query('rollback').catch((failed: unknown) => {
      // A connection that cannot roll back is not given back to the pool; the server rolls back by itself.
      broken = failed as Error;
    });
    throw thrown;
  } finally {
    client.release(broken);
  }
}
