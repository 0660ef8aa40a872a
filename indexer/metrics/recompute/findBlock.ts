import type pg from 'pg';
import { UserError } from '../../../schema/lib/errors.js';

export interface BlockPoint {
  readonly height: number;
  /** `0x…` */
  readonly hash: string;
  /** Unix seconds. */
  readonly time: number;
}

/**
 * The block, or of coarse ranges, which keep no headers of blocks without logs, the last one before it; the last that is read where
 * none is given.
 */
export async function findBlock(
  client: pg.ClientBase,
  chainId: number,
  height: number | undefined,
): Promise<BlockPoint> {
  const { rows: chains } = await client.query<{ height: number | null; name: string }>(
    'select height, name from chain where chain_id = $1',
    [chainId],
  );
  const last = chains[0]?.height ?? null;
  if (last === null)
    throw new UserError(`Expected chain ${chainId} to be indexed, but nothing of it is stored: run computescan index.`);
  if (height !== undefined && height > last)
    throw new UserError(`Expected a block that is read, up to ${last} of chain ${chainId}, got ${height}.`);
  const { rows } = await client.query<BlockPoint>(
    `select height, '0x' || encode(hash, 'hex') as hash, floor(extract(epoch from time))::bigint as time
     from block where chain_id = $1 and height <= $2 order by height desc limit 1`,
    [chainId, height ?? last],
  );
  const [block] = rows;
  if (block) return block;
  const { rows: first } = await client.query<{ height: number | null }>(
    'select min(height) as height from block where chain_id = $1',
    [chainId],
  );
  throw new UserError(
    `Expected a block of chain ${chainId} from ${first[0]?.height ?? last} on, the first that is stored, got ${height}.`,
  );
}
