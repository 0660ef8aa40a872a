import { chainId, drawChain, toBatches } from '../../test/writer/marketChain.js';
import { openStore } from '../../test/writer/openStore.js';
import { checkInvariants } from './checkInvariants.js';

/** Whatever a chain does, what was written of it breaks no invariant; otherwise an audit cries wolf. */
describe('checkInvariants', () => {
  it.each([1, 2, 3, 4])('finds nothing in a chain that does everything, coarse or not (seed %i)', async (seed) => {
    const { pool, write, close } = await openStore({ cacheSize: 8 });
    try {
      const batches = toBatches(drawChain({ seed, blocks: 60, logsPerBlock: 14 }), 9);
      await write(batches.map((batch, at) => ({ ...batch, coarse: at < 4 })));
      const client = await pool.connect();
      const results = await checkInvariants(client, chainId);
      client.release();
      expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
    } finally {
      await close();
    }
  });
});
