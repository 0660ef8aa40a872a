import type pg from 'pg';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createPostgresStore } from '../../indexer/writer/createPostgresStore.js';
import { toDigest } from '../../indexer/writer/digest.js';
import { registerNetworks } from '../../indexer/writer/registerNetworks.js';
import { rescanDigest } from '../../indexer/writer/rescanDigest.js';
import type { Batch, Lease, Store } from '../../indexer/writer/Store.js';
import { createPool } from '../../schema/database.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { dumpFacts } from '../dumpFacts.js';
import { createTestDatabase } from '../testDatabase.js';
import { chainId, network, toHash } from './marketChain.js';

export interface OpenStore {
  readonly pool: pg.Pool;
  readonly store: Store;
  readonly lease: Lease;
  /** One after the other. */
  write(batches: readonly Batch[]): Promise<void>;
  /** Each prepared while the one before it is written. */
  writeAhead(batches: readonly Batch[]): Promise<void>;
  /** Another store on the same database, which remembers nothing. */
  another(options?: { readonly pool?: pg.Pool; readonly cacheSize?: number }): Store;
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Every fact and total, the proven ranges and the digest of each block. */
  dump(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** As the last block bears it, and as the tables give it. */
  digests(): Promise<{ readonly kept: string; readonly scanned: string }>;
  close(): Promise<void>;
}

/** A store on a database of its own, with the lease taken. */
export async function openStore(
  options: { readonly cacheSize?: number; readonly networks?: readonly Network[] } = {},
): Promise<OpenStore> {
  const { cacheSize, networks = [network] } = options;
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  await registerNetworks(pool, { chainId, genesisHash: toHash('genesis'), networks });
  const store = createPostgresStore({ pool, chainId, runtime: systemRuntime, cacheSize });
  const lease = await store.acquireLease('test', 600_000);
  if (!lease) throw new Error('a fresh chain gives its lease');
  const query: OpenStore['query'] = async (text, values = []) => (await pool.query(text, [...values])).rows;
  return {
    ...{ pool, store, lease, query },
    async write(batches) {
      for (const batch of batches) await store.write(lease, await store.prepare(batch));
    },
    async writeAhead(batches) {
      let writing: Promise<void> = Promise.resolve();
      for (const batch of batches) {
        const prepared = await store.prepare(batch);
        await writing;
        writing = store.write(lease, prepared);
      }
      await writing;
    },
    another: (overrides = {}) => createPostgresStore({ pool, chainId, runtime: systemRuntime, ...overrides }),
    async dump() {
      const facts = await dumpFacts(pool);
      const blocks = await query('select height, hash, digest_sum, digest_rows from block order by height');
      const contracts = await query('select * from contract order by address, network_id');
      const verified = await query('select * from verified_range order by height_from');
      const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row));
      return { ...facts, block: lines(blocks), contract: lines(contracts), verified_range: lines(verified) };
    },
    async digests() {
      const [block] = await query<{ digest_sum: Buffer; digest_rows: number }>(
        'select digest_sum, digest_rows from block order by height desc limit 1',
      );
      if (!block) throw new Error('no block is stored');
      const kept = toDigest({ sum: block.digest_sum, rows: block.digest_rows });
      return { kept, scanned: toDigest(await rescanDigest(pool, chainId)) };
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}
