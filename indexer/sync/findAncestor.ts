import type pg from 'pg';
import { toHex } from '../../schema/lib/hex.js';
import type { Source } from '../source/Source.js';

const PAGE = 64;

/** The highest stored block that the source still has: where a reorg branched off. Undefined when none is left. */
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
    const ancestor = rows.find((row) => canonical.get(row.height) === toHex(row.hash));
    if (ancestor) return ancestor.height;
    below = lowest.height;
  }
}
