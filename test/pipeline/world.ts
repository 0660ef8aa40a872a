import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { type Devnet, startDevnet } from '../../devnet/main.js';
import { type Indexer, startIndexer } from '../../indexer/main.js';
import { createPool } from '../../schema/database.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';

/** A devnet with a short, finished history and nobody acting on it. */
export async function openDevnet(options: { readonly historyDays: number; readonly keptStates?: number }): Promise<{
  readonly devnet: Devnet;
  request<T>(method: string, params?: readonly unknown[]): Promise<T>;
  close(): Promise<void>;
}> {
  const dataDir = await mkdtemp(join(tmpdir(), 'computescan-devnet-'));
  const devnet = await startDevnet({ ...options, dataDir, seed: 7, startTime: 1_790_000_000, live: false });
  await devnet.history;
  return {
    devnet,
    async request<T>(method: string, params: readonly unknown[] = []) {
      const response = await fetch(devnet.rpcUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
      const answer = (await response.json()) as { result: T; error?: { message: string } };
      if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
      return answer.result;
    },
    async close() {
      await devnet.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** An indexer on a database of its own. */
export async function openIndex(
  rpcUrl: string,
  options: { readonly maxRangeBlocks?: number; readonly networks?: readonly string[] } = {},
): Promise<{
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  start(): Promise<Indexer>;
  /** Waits until the cursor stands on this block. */
  reached(block: { readonly height: number; readonly hash: string }): Promise<void>;
  close(): Promise<void>;
}> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  const running: Indexer[] = [];
  return {
    pool,
    databaseUrl: database.url,
    async start() {
      const indexer = await startIndexer({
        databaseUrl: database.url,
        networks: options.networks ?? ['iexec-devnet'],
        endpoints: { 31337: [{ url: rpcUrl }] },
        pollMs: 50,
        maxRangeBlocks: options.maxRangeBlocks ?? 500,
        log: silentLog,
      });
      running.push(indexer);
      return indexer;
    },
    async reached({ height, hash }) {
      for (;;) {
        const { rows } = await pool.query(
          `select height, '0x' || encode(block_hash, 'hex') as hash from chain where chain_id = 31337`,
        );
        if (rows[0]?.height === height && rows[0].hash === hash) return;
        await Promise.race([
          new Promise((resolve) => setTimeout(resolve, 50)),
          ...running.map((indexer) => indexer.done),
        ]);
      }
    },
    async close() {
      await Promise.allSettled(running.map((indexer) => indexer.stop()));
      await pool.end();
      await database.drop();
    },
  };
}
