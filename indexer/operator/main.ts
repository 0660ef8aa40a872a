import { createPool } from '../../schema/database.js';
import { type ChainStatus, listChainStatus } from './listChainStatus.js';

export type { ChainStatus, EndpointStatus } from './listChainStatus.js';

/** What an operator asks and does beside a running indexer. */
export function readStatus(databaseUrl: string): Promise<readonly ChainStatus[]> {
  return withPool(databaseUrl, listChainStatus);
}

async function withPool<T>(databaseUrl: string, work: (pool: ReturnType<typeof createPool>) => Promise<T>): Promise<T> {
  const pool = createPool(databaseUrl, { role: 'operator', max: 4 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
