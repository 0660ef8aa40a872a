import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { UserError } from '../../schema/lib/errors.js';
import type { Runtime } from '../lib/runtime.js';
import { createPostgresStore } from '../writer/createPostgresStore.js';

export interface Resynced {
  readonly chainId: number;
  /** The block that was the last written one, and the one that is now; undefined: all of it is read anew. */
  readonly from: number;
  readonly to: number | undefined;
}

/** Longer than a rollback of millions of rows takes; it is given back at the end. */
const LEASE_MS = 3_600_000;

/**
 * Takes back everything from a height on, below what was final, too, and lets a halted chain go on from there. Throws
 * UserError while an indexer writes the chain, or where no block below the height is stored.
 */
export async function resyncChain(
  pool: pg.Pool,
  options: { readonly chainId: number; readonly from: number; readonly runtime: Runtime },
): Promise<Resynced> {
  const { chainId, from, runtime } = options;
  const store = createPostgresStore({ pool, chainId, runtime });
  const cursor = await store.findCursor();
  if (!cursor) {
    throw new UserError(`Expected chain ${chainId} with written blocks in the database, found none. Index it first.`);
  }
  if (from > cursor.height) {
    throw new UserError(
      `Expected --from a block up to ${cursor.height}, the last written one of chain ${chainId}, got ${from}. There is nothing to take back.`,
    );
  }
  const [target] = await store.listBlocks({ below: from, limit: 1 });
  if (!target) {
    throw new UserError(
      `Expected a stored block of chain ${chainId} below ${from}, found none. Start anew with an empty database (\`computescan up --reset\`).`,
    );
  }
  const lease = await store.acquireLease(`resync-${randomBytes(4).toString('hex')}`, LEASE_MS);
  if (!lease) throw await toBusy(pool, chainId);
  try {
    const before = await readReorgs(pool, chainId);
    const kept = await store.rollBack(lease, { from: cursor, height: target.height });
    await clearHalt(pool, { chainId, height: kept?.height, ...before });
    return { chainId, from: cursor.height, to: kept?.height };
  } finally {
    await store.releaseLease(lease);
  }
}

async function toBusy(pool: pg.Pool, chainId: number): Promise<UserError> {
  const { rows } = await pool.query<{ holder: string; until: Date }>(
    'select lease_holder as holder, lease_until as until from chain where chain_id = $1',
    [chainId],
  );
  const holder = rows[0]?.holder ?? 'another indexer';
  return new UserError(
    `Expected chain ${chainId} to be free, but ${holder} holds its lease: stop that indexer and wait until ${rows[0]?.until?.toISOString() ?? 'it has ended'}.`,
  );
}

interface Reorgs {
  readonly reorgs: number;
  readonly deepestReorg: number;
}

async function readReorgs(pool: pg.Pool, chainId: number): Promise<Reorgs> {
  const { rows } = await pool.query<Reorgs>(
    'select reorgs, deepest_reorg as "deepestReorg" from chain where chain_id = $1',
    [chainId],
  );
  return rows[0] ?? { reorgs: 0, deepestReorg: 0 };
}

/** What was final is so no longer, and the operator's own step back is no reorganisation of the chain. */
async function clearHalt(
  pool: pg.Pool,
  { chainId, height, reorgs, deepestReorg }: Reorgs & { readonly chainId: number; readonly height: number | undefined },
): Promise<void> {
  await pool.query(
    `update chain set phase = 'waiting', phase_reason = null, finalized_height = case when $2::bigint is null then null when finalized_height > $2 then $2
       else finalized_height end,
       reorgs = $3, deepest_reorg = $4
     where chain_id = $1`,
    [chainId, height ?? null, reorgs, deepestReorg],
  );
}
