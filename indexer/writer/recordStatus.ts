import type pg from 'pg';
import { restoreIndexes } from '../../schema/restoreIndexes.js';
import { deferIndexes } from './deferIndexes.js';
import { type HeadRecord, type Lease, LeaseLostError, type Phase } from './Store.js';

/**
 * What the source said last; `seen_at` is the database's clock, so that readers compare like with like. What was final
 * once stays final, whatever a lagging node says.
 */
export async function recordHead(pool: pg.Pool, chainId: number, lease: Lease, record: HeadRecord): Promise<void> {
  const { head, safeHeight, finalizedHeight } = record;
  const { rowCount } = await pool.query(
    `update chain
     set head_height = $2, head_time = $3, safe_height = coalesce($4, safe_height),
       finalized_height = greatest(finalized_height, $5), seen_at = now()
     where chain_id = $1 and lease_epoch = $6`,
    [chainId, head.height, head.time, safeHeight ?? null, finalizedHeight ?? null, lease.epoch],
  );
  if (rowCount !== 1) throw toLost(chainId, lease);
}

/**
 * With the first backfill of an empty database the readers' indexes are put off; once it is over they are there before
 * anybody is told so.
 */
export async function recordPhase(
  pool: pg.Pool,
  chainId: number,
  lease: Lease,
  { phase, reason }: { readonly phase: Phase; readonly reason?: string | undefined },
): Promise<void> {
  if (phase === 'live' || phase === 'complete' || phase === 'halted') {
    const { rowCount } = await pool.query('select from chain where chain_id = $1 and lease_epoch = $2', [
      chainId,
      lease.epoch,
    ]);
    if (rowCount !== 1) throw toLost(chainId, lease);
    await buildIndexes(pool);
  }
  const { rowCount } = await pool.query(
    'update chain set phase = $2, phase_reason = $3 where chain_id = $1 and lease_epoch = $4',
    [chainId, phase, reason ?? null, lease.epoch],
  );
  if (rowCount !== 1) throw toLost(chainId, lease);
  if (phase === 'backfill') await deferIndexes(pool);
}

function toLost(chainId: number, { epoch }: Lease): LeaseLostError {
  return new LeaseLostError(`Expected to hold lease ${epoch} of chain ${chainId}, another indexer took it.`);
}

/** Builds the indexes that were put off; most tables have several, and a machine more than one core. */
export async function buildIndexes(pool: pg.Pool): Promise<void> {
  const clients: pg.PoolClient[] = [];
  let broken: Error | undefined;
  // One that breaks while another builds says so by an event.
  const note = (error: Error) => {
    broken = error;
  };
  try {
    while (clients.length < BUILDERS) {
      const client = await pool.connect();
      client.on('error', note);
      clients.push(client);
    }
    await restoreIndexes(clients);
  } catch (thrown) {
    broken = thrown as Error;
    throw thrown;
  } finally {
    for (const client of clients) {
      client.off('error', note);
      client.release(broken);
    }
  }
}

const BUILDERS = 2;
