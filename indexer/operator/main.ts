import type pg from 'pg';
import { createPool } from '../../schema/database.js';
import { systemRuntime } from '../lib/systemRuntime.js';
import { type ChainStatus, listChainStatus } from './listChainStatus.js';
import { type ChainDigest, type DigestQuestion, readDigest } from './readDigest.js';
import { type Resynced, resyncChain } from './resyncChain.js';

export type { ChainStatus, EndpointStatus } from './listChainStatus.js';
export type { ChainDigest } from './readDigest.js';

/** What an operator asks and does beside the indexer. */

export function readChainStatus(databaseUrl: string): Promise<readonly ChainStatus[]> {
  return withPool(databaseUrl, listChainStatus);
}

export function readChainDigests(databaseUrl: string, question: DigestQuestion): Promise<readonly ChainDigest[]> {
  return withPool(databaseUrl, (pool) => readDigest(pool, question));
}

export function resync(
  databaseUrl: string,
  options: { readonly chainId: number; readonly from: number },
): Promise<Resynced> {
  return withPool(databaseUrl, (pool) => resyncChain(pool, { ...options, runtime: systemRuntime }));
}

async function withPool<T>(databaseUrl: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = createPool(databaseUrl, { role: 'operator', max: 4 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
