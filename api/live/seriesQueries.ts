import type { Database } from '../database/createDatabase.js';

/** How far the figures of a network are rolled. */
export interface RolledRow {
  readonly network: string;
  /** Another one after every turn of the roller. */
  readonly turn: string;
  readonly chain: number;
  /** The block up to which they are; null: none, or its header is not kept. */
  readonly number: number | null;
  readonly hash: Buffer | null;
  readonly timestamp: Date | null;
}

export function listRolled(database: Database): Promise<RolledRow[]> {
  return database.query(
    `select p.network_id as network, p.xmin::text as turn, n.chain_id as chain, b.height as number, b.hash, b.time as timestamp
     from metric_progress p
     join network n on n.id = p.network_id
     left join block b on b.chain_id = n.chain_id and b.height = p.rolled_height`,
  );
}

export function listNetworks(database: Database): Promise<{ readonly id: string; readonly chainId: number }[]> {
  return database.query('select n.id, n.chain_id as "chainId" from network n');
}
