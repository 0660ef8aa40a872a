import type pg from 'pg';
import { assert } from '../../schema/lib/assert.js';
import { toHex } from '../../schema/lib/hex.js';
import { moveCursor } from './cursor.js';
import { noteRetraction } from './noteRetraction.js';
import type { Cursor, Lease } from './Store.js';
import { sql } from './sql.js';
import { transact } from './transact.js';
import { cutVerified } from './verifiedRanges.js';

/**
 * Takes back every fact above `height`, which must be a stored block, or all of them, in one transaction: append-only
 * rows are deleted, versions reopened, jobs and tasks folded again from what is left, totals reduced by what the blocks
 * added. What it touched is noted for those who follow the chain. The digest needs nothing: each block bears its own. A coarse batch that the height lies in goes as a whole.
 * Returns where the cursor stands then.
 */
export async function rollBack(
  pool: pg.Pool,
  chainId: number,
  options: { readonly lease: Lease; readonly from: Cursor; readonly height: number | undefined },
): Promise<Cursor | undefined> {
  const { lease, from } = options;
  return transact(pool, async (client) => {
    const asked = options.height === undefined ? undefined : await getBlock(client, chainId, options.height);
    const cursor = asked && (await toBoundary(client, chainId, asked));
    const height = cursor?.height ?? BELOW_ALL;
    await moveCursor(client, chainId, { lease, from, to: cursor });
    await takeBackAnomalies(client, chainId, height);
    await countReorg(client, chainId, from.height - (options.height ?? BELOW_ALL));
    await noteRetraction(client, chainId, { from: from.height, height: cursor?.height });
    await takeBackTotals(client, chainId, height, from.height);
    await takeBackFacts(client, chainId, height);
    await cutVerified(client, chainId, height);
    return cursor && { height, hash: cursor.hash };
  });
}

const BELOW_ALL = -1;

type StoredBlock = Cursor & { readonly time: Date };

async function getBlock(client: pg.ClientBase, chainId: number, height: number): Promise<StoredBlock> {
  const block = await findBlock(client, chainId, height);
  assert(block?.height === height, `chain ${chainId} rolls back to block ${height}, which is not stored`);
  return block;
}

/** The highest stored block up to a height. */
async function findBlock(client: pg.ClientBase, chainId: number, height: number): Promise<StoredBlock | undefined> {
  const { rows } = await client.query<{ height: number; hash: Buffer; time: Date }>(
    'select height, hash, time from block where chain_id = $1 and height <= $2 order by height desc limit 1',
    [chainId, height],
  );
  const block = rows[0];
  return block && { height: block.height, hash: toHex(block.hash), time: block.time };
}

/** The last block before the coarse batch that `block` lies in, if it lies in one: a batch's last block is stored. */
async function toBoundary(
  client: pg.ClientBase,
  chainId: number,
  block: StoredBlock,
): Promise<StoredBlock | undefined> {
  const { rows } = await client.query<{ height: number | null }>(
    'select min(height_from) as height from provider_delta where chain_id = $1 and height > $2',
    [chainId, block.height],
  );
  const first = rows[0]?.height ?? null;
  return first === null || first > block.height ? block : findBlock(client, chainId, first - 1);
}

async function countReorg(client: pg.ClientBase, chainId: number, depth: number): Promise<void> {
  await client.query(
    'update chain set reorgs = reorgs + 1, deepest_reorg = greatest(deepest_reorg, $2) where chain_id = $1',
    [chainId, depth],
  );
}

/**
 * The row is touched whether its height changes or not: a check that began before and ends after finds it changed, and
 * begins anew. One that ends just now is waited for, and what it found is seen by the second statement.
 */
async function takeBackAnomalies(client: pg.ClientBase, chainId: number, height: number): Promise<void> {
  await client.query(
    `update conservation_progress set height = case when height > $2 then nullif($2, $3) else height end
     where chain_id = $1`,
    [chainId, height, BELOW_ALL],
  );
  await client.query('delete from anomaly where chain_id = $1 and height > $2', [chainId, height]);
}

async function takeBackTotals(client: pg.ClientBase, chainId: number, height: number, top: number): Promise<void> {
  const heights = [chainId, height + 1, top];
  await client.query(sql.addMarks, heights);
  await client.query(sql.takeTotals, heights);
}

async function takeBackFacts(client: pg.ClientBase, chainId: number, height: number): Promise<void> {
  const above = [chainId, height];
  const jobs = await listIds(
    client,
    'select distinct job_id as id from job_step where chain_id = $1 and height > $2',
    above,
  );
  const providers = await listIds(client, touchedVersions('provider'), above);
  const nodes = await listIds(client, touchedVersions('node'), above);
  const active = await listIds(
    client,
    'select distinct provider_id as id from provider_delta where chain_id = $1 and height > $2',
    above,
  );
  for (const table of tablesByHeight) {
    await client.query(`delete from ${table} where chain_id = $1 and height > $2`, above);
  }
  // A job and its tasks were born with a step of theirs, and are found by it: they need no index by height.
  await client.query('delete from task where job_id = any($1) and height > $2', [jobs, height]);
  await client.query('delete from job where id = any($1) and height > $2', [jobs, height]);
  for (const [noun, ids] of [['provider', providers] as const, ['node', nodes] as const]) {
    await client.query(`delete from ${noun}_version where chain_id = $1 and height_from > $2`, above);
    await client.query(reopenVersions(noun), [ids, height]);
  }
  await client.query(refreshProviders, [providers]);
  await client.query(refreshNodes, [nodes]);
  await client.query(lastActivity, [active]);
  await client.query(sql.refoldTasks, [jobs]);
  await client.query(sql.refoldJobs, [jobs]);
}

/** Deltas before facts, facts before the nouns they name. */
const tablesByHeight = [
  'provider_delta',
  'network_delta',
  'feed_answer',
  'parameter_change',
  'balance_statement',
  'escrow_change',
  'price',
  'stake_change',
  'payout',
  'verification',
  'attempt',
  'job_step',
  'event',
  'quarantine',
  'contract',
  'node',
  'provider',
  'block',
];

type Versioned = 'provider' | 'node';

const touchedVersions = (noun: Versioned) => `
  select distinct ${noun}_id as id from ${noun}_version where chain_id = $1 and height_from > $2
`;

/** A version ends where the next begins, so those that ended above the height are of nouns with one that began there. */
const reopenVersions = (noun: Versioned) => `
  update ${noun}_version set height_to = null where ${noun}_id = any($1) and height_to > $2
`;

/** The provider row shows its open version; the one that is open again, or nothing. */
const refreshProviders = `
  update provider p
  set owner = v.owner, name = v.name, uri = v.uri, active = v.active, terms = coalesce(v.terms, '{}'),
    altered = coalesce(v.altered, '{}')
  from (select id from unnest($1::text[]) as asked (id)) asked
  left join provider_version v on v.provider_id = asked.id and v.height_to is null
  where p.id = asked.id
`;

const refreshNodes = `
  update node n
  set provider_id = v.provider_id, active = v.active, region = v.region, gpu_model = v.gpu_model,
    gpu_count = v.gpu_count, vram_mb = v.vram_mb, uri = v.uri, terms = coalesce(v.terms, '{}'),
    altered = coalesce(v.altered, '{}')
  from (select id from unnest($1::text[]) as asked (id)) asked
  left join node_version v on v.node_id = asked.id and v.height_to is null
  where n.id = asked.id
`;

const lastActivity = `
  update provider p
  set last_height = coalesce(d.height, p.height), last_time = coalesce(d.time, p.time)
  from (
    select asked.id, last.height, last.time
    from unnest($1::text[]) as asked (id)
    left join lateral (
      select height, time from provider_delta where provider_id = asked.id order by height desc limit 1
    ) as last on true
  ) d
  where d.id = p.id
`;

async function listIds(client: pg.ClientBase, query: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(query, [...values]);
  return rows.map((row) => row.id);
}
