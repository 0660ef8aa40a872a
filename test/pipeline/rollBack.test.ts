import { createRecordedSource } from '../../indexer/source/createRecordedSource.js';
import type { Source } from '../../indexer/source/Source.js';
import { syncChain } from '../../indexer/sync/syncChain.js';
import { findCursor } from '../../indexer/writer/cursor.js';
import { registerNetworks } from '../../indexer/writer/registerNetworks.js';
import { rollBack } from '../../indexer/writer/rollBack.js';
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
  it('leaves exactly what a run that never went further would have, and forward again gives the whole', async () => {
    const source = await createRecordedSource(toSharedPath(recording), network);
    const long = await openWorld();
    const short = await openWorld();
    const middle = 1_400;
    try {
      await short.index(endingAt(source, middle));
      const expected = await dumpFacts(short.pool);

      await long.index(source);
      const whole = await dumpFacts(long.pool);
      expect(whole.event?.length).toBe(4_491);
      const cursor = await findCursor(long.pool, chainId);
      if (!cursor) throw new Error('the run left no cursor');
      await rollBack(long.pool, { chainId, from: cursor, height: middle });
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
  return {
    pool,
    async index(source: Source) {
      await registerNetworks(pool, { chainId, genesisHash: await source.getGenesisHash(), networks: [network] });
      await syncChain({
        chainId,
        networks: [network],
        source,
        pool,
        log: silentLog,
        pollMs: 0,
        // Small ranges, so that the middle is the end of none of them by chance alone.
        maxRangeBlocks: 97,
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
function endingAt(source: Source, height: number): Source {
  return {
    ...source,
    getHead: async () => {
      const [head] = await source.listHeaders([height]);
      if (!head) throw new Error(`the recording has no block ${height}`);
      return head;
    },
  };
}
