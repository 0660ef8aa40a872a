import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { chainsSql } from './chainsSql.js';

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
  readonly safeNumber: number | null;
  readonly reorgs: number;
  readonly deepestReorg: number;
  readonly seenAt: Date | null;
  readonly checkedNumber: number | null;
  /** How often blocks were taken back, also by an operator. */
  readonly retractions: number;
}

/** As they are now; an answer has them of its snapshot. */
export function listChains(database: Database): Promise<ChainRow[]> {
  return database.query(chainsSql);
}

/** What is odd is a fact all the same, and no log that was set aside: it counts as an anomaly. */
export function countQuarantined(
  database: Database,
  chainIds: readonly number[],
): Promise<{ readonly id: number; readonly count: number }[]> {
  return database.query(
    `select q.chain_id as id, count(*) as count from quarantine q
     where q.chain_id = any($1) and q.stage <> 'odd' group by q.chain_id`,
    [chainIds],
  );
}

export async function hasQuarantined(database: Database): Promise<boolean> {
  const [row] = await database.query<{ found: boolean }>(
    `select exists (select from quarantine where stage <> 'odd') as found`,
  );
  return row?.found ?? false;
}

/** The digest's last step, as the indexer's writer has it: over the sum of all leaves and their count. */
export function listDigests(
  database: Database,
  chainIds: readonly number[],
): Promise<{ readonly id: number; readonly digest: Buffer }[]> {
  return database.query(
    `select c.chain_id as id,
       sha256(convert_to('state-digest-v1', 'UTF8') || b.digest_sum || int8send(b.digest_rows)) as digest
     from chain c
     join block b on b.chain_id = c.chain_id and b.height = c.height
     where c.chain_id = any($1) and b.digest_sum is not null`,
    [chainIds],
  );
}

/** Of each chain's last written block. */
export function listParentHashes(
  database: Database,
  chainIds: readonly number[],
): Promise<{ readonly id: number; readonly parentHash: Buffer | null }[]> {
  return database.query(
    `select c.chain_id as id, nullif(b.parent_hash, '') as "parentHash"
     from chain c join block b on b.chain_id = c.chain_id and b.height = c.height
     where c.chain_id = any($1)`,
    [chainIds],
  );
}

export interface VerifiedRangeRow {
  readonly from: number;
  readonly to: number;
  readonly level: string;
}

export function listVerifiedRangesOfChains(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<VerifiedRangeRow>[]> {
  return database.query(
    perParent(`
      select r.height_from as "from", r.height_to as "to", r.level
      from verified_range r where r.chain_id = k.parent::bigint order by r.height_from desc`),
    toParentParameters(keys),
  );
}

export function listVerifiedShares(
  database: Database,
  chainIds: readonly number[],
): Promise<{ readonly id: number; readonly share: number }[]> {
  return database.query(
    `select r.chain_id as id,
       (coalesce(sum(r.height_to - r.height_from + 1) filter (where r.level <> 'none'), 0) / sum(r.height_to - r.height_from + 1))
         ::double precision as share
     from verified_range r where r.chain_id = any($1) group by r.chain_id`,
    [chainIds],
  );
}

export interface EndpointRow {
  readonly name: string;
}

export function listEndpointsOfChains(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<EndpointRow>[]> {
  return database.query(
    perParent(`
      select e.name, e.role, e.state, e.requests, e.calls, e.bytes, e.failures, e.faults, e.fault_reason as "faultReason",
        e.fault_detail as "faultDetail", e.fault_at as "faultAt", e.latency_ms as "latencyMs",
        e.rate_limit as "rateLimit", e.head_height as "headNumber", e.set_aside_until as "setAsideUntil",
        e.updated_at as "updatedAt"
      from endpoint e where e.chain_id = k.parent::bigint order by e.name`),
    toParentParameters(keys),
  );
}
