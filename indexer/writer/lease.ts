import type pg from 'pg';
import type { Lease } from './Store.js';

/**
 * Takes the lease, or renews it; undefined while another holder's has not run out. By the database's clock: two
 * indexers need not agree on the time. A change of holder raises the epoch, which ends every transaction under a lower
 * one at its cursor move.
 */
export async function acquireLease(
  pool: pg.Pool,
  chainId: number,
  { holder, forMs }: { readonly holder: string; readonly forMs: number },
): Promise<Lease | undefined> {
  const { rows } = await pool.query<{ lease_epoch: number }>(
    `update chain
     set lease_epoch = case when lease_holder is not distinct from $2 then lease_epoch else lease_epoch + 1 end,
       lease_holder = $2, lease_until = clock_timestamp() + $3::float8 * interval '1 millisecond'
     where chain_id = $1
       and (lease_holder is null or lease_holder = $2 or lease_until is null or lease_until < clock_timestamp())
     returning lease_epoch`,
    [chainId, holder, forMs],
  );
  return rows[0] && { holder, epoch: rows[0].lease_epoch };
}

/** The epoch stays: what the former holder still has under way cannot be written when another one has come. */
export async function releaseLease(pool: pg.Pool, chainId: number, { holder, epoch }: Lease): Promise<void> {
  await pool.query(
    `update chain set lease_holder = null, lease_until = null
     where chain_id = $1 and lease_holder = $2 and lease_epoch = $3`,
    [chainId, holder, epoch],
  );
}
