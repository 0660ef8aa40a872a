import type pg from 'pg';
import { type Digest, emptyDigest } from './digest.js';
import { rescanDigest } from './rescanDigest.js';
import type { Cursor } from './Store.js';

/** The digest up to a stored block; a database of before there was one is read through once. */
export async function findDigest(pool: pg.Pool, chainId: number, at: Cursor | undefined): Promise<Digest> {
  if (!at) return emptyDigest;
  const { rows } = await pool.query<{ digest_sum: Buffer | null; digest_rows: number | null }>(
    'select digest_sum, digest_rows from block where chain_id = $1 and height = $2',
    [chainId, at.height],
  );
  const [row] = rows;
  if (row?.digest_sum && row.digest_rows !== null) return { sum: row.digest_sum, rows: row.digest_rows };
  return rescanDigest(pool, chainId, at.height);
}
