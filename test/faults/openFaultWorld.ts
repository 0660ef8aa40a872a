import type pg from 'pg';
import type { Endpoints } from '../../indexer/config.js';
import { type Indexer, type IndexerOptions, startIndexer } from '../../indexer/main.js';
import { createPool } from '../../schema/database.js';
import { addNetworks } from '../../schema/protocols/protocols.js';
import { dumpFacts } from '../dumpFacts.js';
import { silentLog } from '../silentLog.js';
import { toNetwork } from '../simulation/marketLogs.js';
import { createTestDatabase } from '../testDatabase.js';
import { createChain, type TestChain, toHeight } from './createChain.js';
import { startNode, type TestNode } from './startNode.js';

export const CHAIN_ID = 31_337;
const network = toNetwork(CHAIN_ID, 1);

export interface FaultWorld {
  readonly chain: TestChain;
  readonly nodes: readonly TestNode[];
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  start(options?: Partial<IndexerOptions>): Promise<Indexer>;
  /** Until the cursor stands on the chain's head; fails with the indexer, or after so long. */
  caughtUp(): Promise<void>;
  /** Until a query's first value is true. */
  until(query: string): Promise<void>;
  dump(): ReturnType<typeof dumpFacts>;
  /** What an indexer comes to that reads the chain as it is now from an honest node into an empty database. */
  dumpClean(): ReturnType<typeof dumpFacts>;
  close(): Promise<void>;
}

/** A chain of a simulated market, nodes that may lie about it, and indexers on a database of their own. */
export async function openFaultWorld(options: { readonly nodes?: number } = {}): Promise<FaultWorld> {
  addNetworks([network]);
  const chain = createChain();
  const nodes: TestNode[] = [];
  for (let index = 0; index < (options.nodes ?? 1); index += 1) nodes.push(await startNode(() => chain, CHAIN_ID));
  const index = await openIndex(chain, nodes);
  return {
    ...index,
    chain,
    nodes,
    async dumpClean() {
      const node = await startNode(() => chain, CHAIN_ID);
      const clean = await openIndex(chain, [node]);
      try {
        await clean.start();
        await clean.caughtUp();
        return await clean.dump();
      } finally {
        await clean.close();
        await node.close();
      }
    },
    async close() {
      await index.close();
      for (const node of nodes) await node.close().catch(() => undefined);
    },
  };
}

async function openIndex(chain: TestChain, nodes: readonly TestNode[]) {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  const running: Indexer[] = [];
  // Who is asked first is not left to chance: the second node only stands in for the first.
  const endpoints: Endpoints = {
    [CHAIN_ID]: nodes.map(({ url }, at) => ({ url, role: at === 0 ? undefined : 'fallback' })),
  };
  async function until(query: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const { rows } = await pool.query(query).catch(() => ({ rows: [] }));
      if (Object.values(rows[0] ?? {})[0] === true) return;
      if (performance.now() > deadline) throw new Error(`still not so after ${PATIENCE_MS} ms: ${query}`);
      const failed = running.map((indexer) => indexer.done);
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 25)), ...failed]);
    }
  }
  return {
    pool,
    databaseUrl: database.url,
    until,
    async start(overrides: Partial<IndexerOptions> = {}) {
      const indexer = await startIndexer({
        databaseUrl: database.url,
        networks: [network.definition.id],
        endpoints,
        verify: { [CHAIN_ID]: 'off' },
        pollMs: 50,
        maxRangeBlocks: 500,
        log: silentLog,
        ...overrides,
      });
      running.push(indexer);
      return indexer;
    },
    caughtUp: () =>
      until(
        `select height = ${toHeight(chain.head)} and block_hash = '\\x${chain.head.hash.slice(2)}' from chain
         where chain_id = ${CHAIN_ID}`,
      ),
    dump: () => dumpFacts(pool),
    async close() {
      await Promise.allSettled(running.map((indexer) => indexer.stop()));
      await pool.end();
      await database.drop();
    },
  };
}

const PATIENCE_MS = 30_000;
