import type pg from 'pg';
import { type Hex, toBytes, toHex } from '../../schema/lib/hex.js';
import type { Header } from '../events/logs.js';
import type { Cursor } from './Batch.js';

/** Another writer moved the chain on: what was prepared no longer follows what is stored. */
export class CursorMovedError extends Error {
  override readonly name = 'CursorMovedError';
}

export async function findCursor(client: pg.ClientBase | pg.Pool, chainId: number): Promise<Cursor | undefined> {
  const { rows } = await client.query<{ height: number | null; block_hash: Buffer | null }>(
    'select height, block_hash from chain where chain_id = $1',
    [chainId],
  );
  const row = rows[0];
  if (row?.height == null || !row.block_hash) return undefined;
  return { height: row.height, hash: toHex(row.block_hash) };
}

/** Moves the cursor only from where the caller believes it stands; the row lock keeps a second writer out. */
export async function moveCursor(
  client: pg.ClientBase,
  chainId: number,
  from: Cursor | undefined,
  to: Pick<Header, 'height' | 'hash' | 'time'> | undefined,
): Promise<void> {
  const { rowCount } = await client.query(
    `update chain set height = $4, block_hash = $5, block_time = $6
     where chain_id = $1 and height is not distinct from $2 and block_hash is not distinct from $3`,
    [chainId, from?.height ?? null, hashOf(from?.hash), to?.height ?? null, hashOf(to?.hash), to?.time ?? null],
  );
  if (rowCount !== 1) {
    throw new CursorMovedError(
      `Expected the cursor of chain ${chainId} at ${from?.height ?? 'the start'}, found it moved by another indexer.`,
    );
  }
}

function hashOf(hash: Hex | undefined): Buffer | null {
  return hash ? toBytes(hash) : null;
}
