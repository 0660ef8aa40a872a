import type pg from 'pg';
import { RetryableError } from '../../schema/lib/errors.js';
import { toHex } from '../../schema/lib/hex.js';
import type { Source } from '../source/Source.js';

const PAGE = 64;

/**
 * The highest stored block below a height that the source still has: where a reorg branched off. Undefined when the
 * source has another block at every stored height. A header that it does not give is no evidence of anything: the
 * source may lag, and is asked again later.
 */
export async function findAncestor(
  pool: pg.Pool,
  source: Source,
  options: { readonly chainId: number; readonly below: number },
): Promise<number | undefined> {
  let below = options.below;
  for (;;) {
    const { rows } = await pool.query<{ height: number; hash: Buffer }>(
      'select height, hash from block where chain_id = $1 and height < $2 order by height desc limit $3',
      [options.chainId, below, PAGE],
    );
    const lowest = rows.at(-1);
    if (!lowest) return undefined;
    const headers = await source.listHeaders(rows.map((row) => row.height).reverse());
    const canonical = new Map(headers.map((header) => [header.height, header.hash]));
    for (const { height, hash } of rows) {
      const known = canonical.get(height);
      if (known === undefined)
        throw new RetryableError(`Expected the header of block ${height}, the node does not have it.`);
      if (known === toHex(hash)) return height;
    }
    below = lowest.height;
  }
}

/**
 * Whether the source's chain no longer holds what is stored, judged by the highest stored block it can have. A head
 * below the cursor alone may only be a node that lags.
 */
export async function hasLeft(
  pool: pg.Pool,
  source: Source,
  options: { readonly chainId: number; readonly headHeight: number },
): Promise<boolean> {
  const { rows } = await pool.query<{ height: number; hash: Buffer }>(
    'select height, hash from block where chain_id = $1 and height <= $2 order by height desc limit 1',
    [options.chainId, options.headHeight],
  );
  const stored = rows[0];
  if (!stored) return false;
  const [header] = await source.listHeaders([stored.height]);
  return header !== undefined && header.hash !== toHex(stored.hash);
}
