import type pg from 'pg';
import { type Hex, toHex } from '../../schema/lib/hex.js';
import { PHASE_KEY_PREFIX } from '../../schema/prices/feedContracts.js';
import type { LearnedAggregator } from '../decode/createContracts.js';
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

/** Aggregators of price feeds that no log announced. */
export async function listLearned(pool: pg.Pool, chainId: number): Promise<readonly LearnedAggregator[]> {
  const { rows } = await pool.query<{ key: string; answer: { readonly address: Hex; readonly height: number } }>(
    'select key, answer from contract_read where chain_id = $1 and starts_with(key, $2)',
    [chainId, PHASE_KEY_PREFIX],
  );
  return rows.map(({ key, answer }) => {
    const [feedId = '', phase] = key.slice(PHASE_KEY_PREFIX.length).split(':');
    return { ...answer, feedId, phase: Number(phase) };
  });
}
