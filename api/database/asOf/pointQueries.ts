import type { Database } from '../createDatabase.js';
import type { ChainPoint } from './AsOf.js';

/** What is asked of a chain: its last block up to a height and a time. */
export interface PointKey {
  readonly chainId: number;
  readonly height: number | null;
  readonly time: Date | null;
}

/**
 * The last stored blocks, by the key of table block and index block_time. Rows of the far past cover ranges of blocks: the
 * first one above says whether the block lies within one. As of a time the chain has come as far as that or to its head,
 * where no height says less.
 */
export function listPoints(database: Database, keys: readonly PointKey[]): Promise<ChainPoint[]> {
  return database.query(
    `select k.chain_id as "chainId", coalesce(b.height, -1) as height, b.hash, b.time,
       case when b.height is null then null when k.height >= c.height then least(k.time, c.block_time) else b.time end
         as "judgedAt",
       coalesce(c.height, -1) as "headHeight",
       case when next.height_from <= b.height then next.height_from end as "rangeFrom",
       since.steps <= ${RECENT_STEPS} as "isRecent"
     from unnest($1::int8[], $2::int8[], $3::timestamptz[]) as k (chain_id, height, time)
     join chain c on c.chain_id = k.chain_id
     left join lateral (
       select o.height from block o where o.chain_id = k.chain_id and o.time <= k.time
       order by o.time desc, o.height desc limit 1
     ) as timed on true
     left join lateral (
       select o.height, o.hash, o.time from block o
       where o.chain_id = k.chain_id and (k.time is null or timed.height is not null)
         and o.height <= least(k.height, timed.height, c.height)
       order by o.height desc limit 1
     ) as b on true
     left join lateral (
       select d.height_from from provider_delta d where d.chain_id = k.chain_id and d.height > b.height
       order by d.height limit 1
     ) as next on true
     cross join lateral (
       select count(*) as steps from (
         select from job_step s where s.chain_id = k.chain_id and s.height > coalesce(b.height, -1)
         limit ${RECENT_STEPS} + 1
       ) as counted
     ) as since
     order by k.chain_id`,
    [keys.map(({ chainId }) => chainId), keys.map(({ height }) => height), keys.map(({ time }) => time)],
  );
}

const RECENT_STEPS = 10_000;

/** Where a block of a chain lies, by index block_hash. */
export async function findHeight(
  database: Database,
  { chainId, hash }: { readonly chainId: number; readonly hash: Buffer },
): Promise<number | undefined> {
  const [row] = await database.query<{ readonly height: number }>(
    'select b.height from block b where b.chain_id = $1 and b.hash = $2',
    [chainId, hash],
  );
  return row?.height;
}

/** The chains that networks live on. */
export async function listChainsOfNetworks(database: Database, ids: readonly string[]): Promise<number[]> {
  const rows = await database.query<{ readonly chainId: number }>(
    'select distinct n.chain_id as "chainId" from network n where n.id = any($1)',
    [ids],
  );
  return rows.map(({ chainId }) => chainId);
}
