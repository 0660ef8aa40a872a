import type pg from 'pg';
import { assert } from '../../schema/lib/assert.js';
import { toHex } from '../../schema/lib/hex.js';
import type { Cursor } from './Batch.js';
import { moveCursor } from './cursor.js';
import { sql } from './sql.js';
import { transact } from './transact.js';
import { refreshProviders } from './writeVersions.js';

/**
 * Takes back every fact above `height`, which must be a stored block, in one transaction: append-only rows are
 * deleted, versions reopened, jobs and tasks folded again from what is left, totals reduced by what the blocks added.
 */
export async function rollBack(
  pool: pg.Pool,
  options: { readonly chainId: number; readonly from: Cursor; readonly height: number },
): Promise<Cursor> {
  const { chainId, from, height } = options;
  return transact(pool, async (client) => {
    const { rows } = await client.query<{ hash: Buffer; time: Date }>(
      'select hash, time from block where chain_id = $1 and height = $2',
      [chainId, height],
    );
    const block = rows[0];
    assert(block, `chain ${chainId} rolls back to block ${height}, which is not stored`);
    const cursor = { height, hash: toHex(block.hash), time: block.time };
    await moveCursor(client, chainId, from, cursor);
    await takeBackTotals(client, chainId, height, from.height);
    await takeBackFacts(client, chainId, height);
    return { height, hash: cursor.hash };
  });
}

async function takeBackTotals(client: pg.ClientBase, chainId: number, height: number, top: number): Promise<void> {
  const heights = [chainId, height + 1, top];
  await client.query(sql.addMarks, heights);
  await client.query(sql.addTotals, [...heights, -1]);
}

async function takeBackFacts(client: pg.ClientBase, chainId: number, height: number): Promise<void> {
  const above = [chainId, height];
  const jobs = await listIds(
    client,
    'select distinct job_id as id from job_step where chain_id = $1 and height > $2',
    above,
  );
  const versioned = await listIds(client, touchedVersions, above);
  const active = await listIds(
    client,
    'select distinct provider_id as id from provider_delta where chain_id = $1 and height > $2',
    above,
  );
  for (const table of tablesByHeight) {
    await client.query(`delete from ${table} where chain_id = $1 and height > $2`, above);
  }
  await client.query('delete from provider_version where chain_id = $1 and height_from > $2', above);
  await client.query('update provider_version set height_to = null where chain_id = $1 and height_to > $2', above);
  await refreshProviders(client, versioned);
  await client.query(lastActivity, [active]);
  await client.query(sql.refoldTasks, [jobs]);
  await client.query(sql.refoldJobs, [jobs]);
}

/** Deltas before facts, facts before the nouns they name. */
const tablesByHeight = [
  'provider_delta',
  'network_delta',
  'stake_change',
  'payout',
  'verification',
  'attempt',
  'job_step',
  'event',
  'quarantine',
  'task',
  'job',
  'node',
  'provider',
  'block',
];

const touchedVersions = `
  select distinct provider_id as id from provider_version where chain_id = $1 and (height_from > $2 or height_to > $2)
`;

const lastActivity = `
  update provider p
  set last_height = coalesce(d.height, p.height), last_time = coalesce(d.time, p.time)
  from (
    select asked.id, max(height) as height, max(time) as time
    from unnest($1::text[]) as asked (id)
    left join provider_delta on provider_id = asked.id
    group by asked.id
  ) d
  where d.id = p.id
`;

async function listIds(client: pg.ClientBase, query: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(query, [...values]);
  return rows.map((row) => row.id);
}
