import type pg from 'pg';

/**
 * Builds what `deferIndexes` (indexer/writer) put off while an empty database was filled, by the very definitions that
 * were dropped. Two callers at once: the second finds nothing left to do.
 */
export async function restoreIndexes(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ found: boolean }>("select to_regclass('deferred_index') is not null as found");
  if (!rows[0]?.found) return [];
  const { rows: any } = await client.query('select from deferred_index limit 1');
  if (any.length === 0) return [];
  await client.query('begin');
  try {
    const { rows: deferred } = await client.query<{ name: string; definition: string }>(
      'delete from deferred_index returning name, definition',
    );
    await client.query("set local maintenance_work_mem = '256MB'");
    for (const { definition } of deferred) await client.query(definition);
    await client.query('commit');
    return deferred.map(({ name }) => name);
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}
