import type { Database } from '../../database/createDatabase.js';

/** A chain as the indexer left it; `height`, `blockHash`, `blockTime` are the last block whose facts are written. */
export interface ChainRow {
  readonly id: number;
  readonly name: string;
  readonly recorded: boolean;
  readonly phase: string;
  readonly phaseReason: string | null;
  readonly height: number | null;
  readonly blockHash: Buffer | null;
  readonly blockTime: Date | null;
  readonly headNumber: number | null;
  readonly headAt: Date | null;
  readonly finalizedNumber: number | null;
  readonly seenAt: Date | null;
}

/** A process follows a handful of chains, so they are always read together. */
export function listChains(database: Database): Promise<ChainRow[]> {
  return database.query(`
    select c.chain_id as id, c.name, c.recorded, c.phase, c.phase_reason as "phaseReason", c.height,
      c.block_hash as "blockHash", c.block_time as "blockTime", c.head_height as "headNumber",
      c.head_time as "headAt", c.finalized_height as "finalizedNumber", c.seen_at as "seenAt"
    from chain c
    order by c.chain_id
  `);
}

export function countQuarantined(
  database: Database,
  chainIds: readonly number[],
): Promise<{ readonly id: number; readonly count: number }[]> {
  return database.query(
    'select q.chain_id as id, count(*) as count from quarantine q where q.chain_id = any($1) group by q.chain_id',
    [chainIds],
  );
}

export async function hasQuarantined(database: Database): Promise<boolean> {
  const [row] = await database.query<{ found: boolean }>('select exists (select from quarantine) as found');
  return row?.found ?? false;
}
