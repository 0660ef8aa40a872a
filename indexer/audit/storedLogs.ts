import type pg from 'pg';
import { toHex } from '../../schema/lib/hex.js';
import type { ContractAnnouncement, RawLog } from '../events/logs.js';
import type { HeightRange } from './chooseRanges.js';

/** Every log that is kept of a range, decoded or set aside, by height and log index. */
export async function listStoredLogs(
  pool: pg.Pool,
  chainId: number,
  { from, to }: HeightRange,
): Promise<readonly RawLog[]> {
  const { rows } = await pool.query<{
    height: number;
    log_index: number;
    tx_index: number | null;
    block_hash: Buffer;
    tx_hash: Buffer;
    address: Buffer;
    topics: readonly Buffer[];
    data: Buffer;
  }>(
    `select height, log_index, tx_index, block_hash, tx_hash, address, topics, data from event
     where chain_id = $1 and height between $2 and $3
     union all
     select height, log_index, null, block_hash, tx_hash, address, topics, data from quarantine
     where chain_id = $1 and height between $2 and $3
     order by 1, 2`,
    [chainId, from, to],
  );
  return rows.map((row) => ({
    height: row.height,
    logIndex: row.log_index,
    // Quarantine does not keep it.
    txIndex: row.tx_index ?? -1,
    blockHash: toHex(row.block_hash),
    txHash: toHex(row.tx_hash),
    address: toHex(row.address),
    topics: row.topics.map(toHex),
    data: toHex(row.data),
  }));
}

export async function listAnnounced(pool: pg.Pool, chainId: number): Promise<readonly ContractAnnouncement[]> {
  const { rows } = await pool.query<{
    address: Buffer;
    networkId: string;
    role: string;
    height: number;
    logIndex: number;
  }>(
    `select address, network_id as "networkId", role, height, log_index as "logIndex"
     from contract where chain_id = $1 order by height, log_index`,
    [chainId],
  );
  return rows.map((row) => ({ ...row, address: toHex(row.address) }));
}
