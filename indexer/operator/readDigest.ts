import type pg from 'pg';
import { UserError } from '../../schema/lib/errors.js';
import { type Hex, toHex } from '../../schema/lib/hex.js';
import { toDigest } from '../writer/digest.js';
import { rescanDigest } from '../writer/rescanDigest.js';

export interface ChainDigest {
  readonly chainId: number;
  readonly name: string;
  readonly height: number;
  readonly hash: Hex;
  readonly rows: number;
  readonly digest: Hex;
  /** From the tables themselves, row by row; where it was asked for. */
  readonly rescanned?: { readonly rows: number; readonly digest: Hex; readonly isEqual: boolean } | undefined;
}

export interface DigestQuestion {
  /** Absent: every chain. */
  readonly chainId?: number | undefined;
  /** Absent: the last written block. */
  readonly height?: number | undefined;
  readonly rescan: boolean;
}

/**
 * The state digest of chains at a block. Throws UserError where there is no such block: of the past only blocks with
 * facts are kept, and the digest of any other is that of the stored one below it, which the message names.
 */
export async function readDigest(pool: pg.Pool, question: DigestQuestion): Promise<readonly ChainDigest[]> {
  const chains = await listChains(pool, question.chainId);
  const digests: ChainDigest[] = [];
  for (const chain of chains) digests.push(await readOne(pool, chain, question));
  return digests;
}

interface Chain {
  readonly chainId: number;
  readonly name: string;
  readonly height: number;
}

async function listChains(pool: pg.Pool, chainId: number | undefined): Promise<readonly Chain[]> {
  const { rows } = await pool.query<Chain>(
    `select chain_id as "chainId", name, height from chain
     where height is not null and ($1::bigint is null or chain_id = $1) order by chain_id`,
    [chainId ?? null],
  );
  if (rows.length > 0) return rows;
  throw new UserError(
    `Expected ${chainId === undefined ? 'a chain' : `chain ${chainId}`} with written blocks in the database, found none. Index it first.`,
  );
}

async function readOne(pool: pg.Pool, chain: Chain, question: DigestQuestion): Promise<ChainDigest> {
  const { chainId, name } = chain;
  const height = question.height ?? chain.height;
  const { rows } = await pool.query<{ height: number; hash: Buffer; sum: Buffer | null; rows: number | null }>(
    `select height, hash, digest_sum as sum, digest_rows as rows from block
     where chain_id = $1 and height <= $2 order by height desc limit 1`,
    [chainId, height],
  );
  const [block] = rows;
  if (height > chain.height || block?.height !== height) {
    const below = block ? `; the stored block below it is ${Math.min(block.height, chain.height)}` : '';
    throw new UserError(
      `Expected a stored block of chain ${chainId}, got ${height}, which is ${height > chain.height ? `above the last written one, ${chain.height}` : `not kept because it holds no facts${below}`}. Ask for another --block.`,
    );
  }
  const rescanned = question.rescan || !block.sum ? await rescanDigest(pool, chainId, height) : undefined;
  const sum = block.sum && block.rows !== null ? { sum: block.sum, rows: block.rows } : rescanned;
  if (!sum) throw new Error(`Assertion failed: block ${height} has a digest or is rescanned`);
  return {
    ...{ chainId, name, height, hash: toHex(block.hash), rows: sum.rows, digest: toDigest(sum) },
    rescanned: rescanned && {
      rows: rescanned.rows,
      digest: toDigest(rescanned),
      isEqual: toDigest(rescanned) === toDigest(sum),
    },
  };
}
