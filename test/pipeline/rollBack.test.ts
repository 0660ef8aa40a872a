import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { ChainSource } from '../../indexer/source/ChainSource.js';
import { createRecordedSource } from '../../indexer/source/createRecordedSource.js';
import { syncChain } from '../../indexer/sync/syncChain.js';
import { createPostgresStore } from '../../indexer/writer/createPostgresStore.js';
import { registerNetworks } from '../../indexer/writer/registerNetworks.js';
import { createPool } from '../../schema/database.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { dumpFacts } from '../dumpFacts.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';

const recording = 'livepeer/bondingmanager-events-arbitrum-2022-02_03.json';
const network = getNetwork('livepeer-arbitrum-recorded');
const { chainId } = network.definition;

describeWithShared(recording, 'rollback', () => {
  it('and reading on leave exactly what a run that never went further would have, and forward again gives the whole', async () => {
    const source = await createRecordedSource(toSharedPath(recording), network);
    const long = await openWorld();
    const short = await openWorld();
    const [first, middle] = [1_000, 1_400];
    try {
      await short.index(endingAt(source, middle));
      const expected = await dumpFacts(short.pool);

      // In two goes, so that there is a batch before the one that holds the middle.
      await long.index(endingAt(source, first));
      await long.index(source);
      const whole = await dumpFacts(long.pool);
      expect(whole.event?.length).toBe(4_491);
      // What was written as one range goes as one; up to the middle it is read again.
      const kept = await long.rollBack(middle);
      expect(kept).toBe(first);
      const { rows } = await long.pool.query('select max(height) as height from block');
      expect(rows).toEqual([{ height: kept }]);
      await long.index(endingAt(source, middle));
      expect(await dumpFacts(long.pool)).toEqual(expected);

      await long.index(source);
      expect(await dumpFacts(long.pool)).toEqual(whole);
    } finally {
      await long.close();
      await short.close();
    }
  });
});

async function openWorld() {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  const store = createPostgresStore({ pool, chainId, runtime: systemRuntime });
  return {
    pool,
    async rollBack(height: number) {
      const lease = await store.acquireLease('test', 1_000);
      const from = await store.findCursor();
      if (!lease || !from) throw new Error('the run left no cursor, or kept its lease');
      const cursor = await store.rollBack(lease, { from, height });
      await store.releaseLease(lease);
      return cursor?.height;
    },
    async index(source: ChainSource) {
      await registerNetworks(pool, { chainId, genesisHash: await source.getGenesisHash(), networks: [network] });
      await syncChain({
        chainId,
        networks: [network],
        source,
        store,
        runtime: systemRuntime,
        log: silentLog,
        // Small ranges, so that the middle is the end of none of them by chance alone.
        settings: { holder: 'test', pollMs: 0, maxRangeBlocks: 97, finalityDepth: 64, leaseMs: 15_000 },
        signal: new AbortController().signal,
      });
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

/** The same chain at an earlier time. */
function endingAt(source: ChainSource, height: number): ChainSource {
  return {
    ...source,
    getHead: async () => {
      const [head] = await source.listHeaders([height]);
      if (!head) throw new Error(`the recording has no block ${height}`);
      return head;
    },
  };
}
