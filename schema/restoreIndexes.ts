import type pg from 'pg';

/**
 * Builds what `deferIndexes` (indexer/writer) put off while an empty database was filled, by the very definitions that
 * were dropped: each in a transaction of its own, as many at a time as there are clients. Returns when all are there,
 * also where somebody else builds some of them.
 */
export async function restoreIndexes(clients: readonly pg.ClientBase[]): Promise<void> {
  const [first] = clients;
  if (!first) return;
  const { rows } = await first.query<{ found: boolean }>("select to_regclass('deferred_index') is not null as found");
  if (!rows[0]?.found) return;
  // All settle before the first failure is told, so that no client is given back at work.
  const outcomes = await Promise.allSettled(clients.map((client) => buildAll(client, takeFree)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  // What another process holds is waited for, and built here if that one fails.
  await buildAll(first, takeAny);
}

const takeFree = `
  delete from deferred_index
  where name = (select name from deferred_index order by name limit 1 for update skip locked)
  returning definition
`;
const takeAny = `
  delete from deferred_index where name = (select name from deferred_index order by name limit 1 for update)
  returning definition
`;

async function buildAll(client: pg.ClientBase, take: string): Promise<void> {
  while (await buildNext(client, take));
}

async function buildNext(client: pg.ClientBase, take: string): Promise<boolean> {
  await client.query('begin');
  try {
    const { rows } = await client.query<{ definition: string }>(take);
    await client.query("set local maintenance_work_mem = '256MB'");
    for (const { definition } of rows) await client.query(definition);
    await client.query('commit');
    return rows.length > 0;
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}
