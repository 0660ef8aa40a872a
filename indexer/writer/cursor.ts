import type pg from 'pg';
import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { type Hex, toBytes, toHex } from '../../schema/lib/hex.js';
import type { Header } from '../events/logs.js';
import { type Cursor, CursorMovedError, type Lease, LeaseLostError } from './Store.js';

export async function findCursor(client: pg.ClientBase | pg.Pool, chainId: number): Promise<Cursor | undefined> {
  const { rows } = await client.query<CursorRow>('select height, block_hash from chain where chain_id = $1', [chainId]);
  return toCursor(rows[0]);
}

export async function findFinalHeight(pool: pg.Pool, chainId: number): Promise<number | undefined> {
  const { rows } = await pool.query<{ finalized_height: number | null }>(
    'select finalized_height from chain where chain_id = $1',
    [chainId],
  );
  return rows[0]?.finalized_height ?? undefined;
}

/**
 * Moves the cursor only under the lease and only from where the caller believes it stands; the row lock keeps a second
 * writer out until the transaction ends. Whoever listens is told by a `BlockNotice` when it has ended.
 */
export async function moveCursor(
  client: pg.ClientBase,
  chainId: number,
  move: {
    readonly lease: Lease;
    readonly from: Cursor | undefined;
    /** Absent: before the first block. */
    readonly to: Pick<Header, 'height' | 'hash' | 'time'> | undefined;
  },
): Promise<void> {
  const { lease, from, to } = move;
  const { rowCount } = await client.query({
    name: 'move-cursor',
    text: `with moved as (
        update chain set height = $5, block_hash = $6, block_time = $7
        where chain_id = $1 and lease_epoch = $2 and height is not distinct from $3 and block_hash is not distinct from $4
        returning chain_id, height, '0x' || encode(block_hash, 'hex') as hash
      )
      select pg_notify('${BLOCK_CHANNEL}',
        json_build_object('chain', chain_id, 'from', $3::int8, 'height', height, 'hash', hash)::text)
      from moved`,
    values: [
      ...[chainId, lease.epoch, from?.height ?? null, hashOf(from?.hash)],
      ...[to?.height ?? null, hashOf(to?.hash), to?.time ?? null],
    ],
  });
  if (rowCount !== 1) throw await explain(client, chainId, { lease, from });
}

/** Where the cursor stands and under which lease, once every transaction that was moving it has ended. */
export async function readStanding(
  client: pg.ClientBase | pg.Pool,
  chainId: number,
): Promise<{ readonly cursor: Cursor | undefined; readonly epoch: number }> {
  const { rows } = await client.query<CursorRow & { lease_epoch: number }>(
    'select height, block_hash, lease_epoch from chain where chain_id = $1 for share',
    [chainId],
  );
  return { cursor: toCursor(rows[0]), epoch: rows[0]?.lease_epoch ?? 0 };
}

async function explain(
  client: pg.ClientBase,
  chainId: number,
  { lease, from }: { readonly lease: Lease; readonly from: Cursor | undefined },
): Promise<Error> {
  const { cursor, epoch } = await readStanding(client, chainId);
  if (epoch !== lease.epoch) {
    return new LeaseLostError(
      `Expected to hold lease ${lease.epoch} of chain ${chainId}, found lease ${epoch}: another indexer writes it.`,
    );
  }
  return new CursorMovedError(
    `Expected the cursor of chain ${chainId} at ${from?.height ?? 'the start'}, found it at ${cursor?.height ?? 'the start'}: another indexer moved it.`,
  );
}

interface CursorRow {
  readonly height: number | null;
  readonly block_hash: Buffer | null;
}

function toCursor(row: CursorRow | undefined): Cursor | undefined {
  if (row?.height == null || !row.block_hash) return undefined;
  return { height: row.height, hash: toHex(row.block_hash) };
}

function hashOf(hash: Hex | undefined): Buffer | null {
  return hash ? toBytes(hash) : null;
}
