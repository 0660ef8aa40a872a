import type pg from 'pg';
import { type Hex, toHex } from '../../../schema/lib/hex.js';
import { MAX_BEACON_LAG } from './limits.js';

/** Recent blocks of each chain, as the indexer holds them, in memory: a beacon proves that a beat is not older than it. */
export interface Beacons {
  judge(chainId: number, hash: string): 'good' | 'old' | 'unknown';
  /** Undefined until the indexer has a block of the chain. */
  findNewest(chainId: number): KnownBlock | undefined;
  /** Takes up new blocks and lets go of those that were replaced. */
  refresh(): Promise<void>;
}

export interface KnownBlock {
  readonly height: number;
  readonly hash: Hex;
}

interface ChainBlocks {
  readonly heights: Map<string, number>;
  readonly hashes: Map<number, Hex>;
  newest: KnownBlock;
}

export function createBeacons(options: { readonly pool: pg.Pool; readonly chainIds: readonly number[] }): Beacons {
  const { pool, chainIds } = options;
  const chains = new Map<number, ChainBlocks>();
  return {
    judge(chainId, hash) {
      const chain = chains.get(chainId);
      const height = chain?.heights.get(hash);
      if (!chain || height === undefined) return 'unknown';
      return chain.newest.height - height > MAX_BEACON_LAG ? 'old' : 'good';
    },
    findNewest: (chainId) => chains.get(chainId)?.newest,
    async refresh() {
      for (const chainId of new Set(chainIds)) {
        const blocks = await listNewest(pool, { chainId, count: chains.has(chainId) ? REFRESHED : KEPT });
        const [newest] = blocks;
        if (newest) chains.set(chainId, merge(chains.get(chainId), { blocks, newest }));
        else chains.delete(chainId);
      }
    },
  };
}

/** A reorg reaches no deeper than what is read again; older blocks are kept to tell OLD from UNKNOWN. */
const REFRESHED = 512;
const KEPT = 4_096;

/** All blocks from the lowest read one on are what was read; those below stay, up to a limit. */
function merge(
  known: ChainBlocks | undefined,
  { blocks, newest }: { readonly blocks: readonly KnownBlock[]; readonly newest: KnownBlock },
): ChainBlocks {
  const lowest = blocks.at(-1)?.height ?? newest.height;
  const hashes = new Map<number, Hex>();
  for (const [height, hash] of known?.hashes ?? []) {
    if (height < lowest && height > newest.height - KEPT) hashes.set(height, hash);
  }
  for (const { height, hash } of blocks) hashes.set(height, hash);
  return { hashes, heights: new Map([...hashes].map(([height, hash]) => [hash, height])), newest };
}

async function listNewest(
  pool: pg.Pool,
  { chainId, count }: { readonly chainId: number; readonly count: number },
): Promise<readonly KnownBlock[]> {
  const { rows } = await pool.query<{ height: number | string; hash: Buffer }>(
    'select height, hash from block where chain_id = $1 order by height desc limit $2',
    [chainId, count],
  );
  return rows.map(({ height, hash }) => ({ height: Number(height), hash: toHex(hash) }));
}
