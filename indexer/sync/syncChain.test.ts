import { RetryableError } from '../../schema/lib/errors.js';
import { silentLog } from '../../test/silentLog.js';
import { createRandom } from '../../test/simulation/createRandom.js';
import { createVirtualClock, createVirtualRuntime } from '../../test/simulation/createVirtualClock.js';
import { toNetwork } from '../../test/simulation/marketLogs.js';
import type { ChainSource } from '../source/ChainSource.js';
import type { Store } from '../writer/Store.js';
import { syncChain } from './syncChain.js';

const chainId = 31_337;
const hourMs = 3_600_000;

describe('a chain whose head can be seen and whose blocks cannot', () => {
  it('is looked at a few times a minute, however long that lasts', async () => {
    const clock = createVirtualClock(createRandom(1, 'clock'));
    const stopping = new AbortController();
    clock.schedule(hourMs, () => stopping.abort());
    let looks = 0;
    const source: Partial<ChainSource> = {
      async getHead() {
        looks += 1;
        return { height: 10, hash: '0x0a', parentHash: '0x09', time: new Date(0) };
      },
      getFinality: async () => ({}),
      listHeaders: async () => Promise.reject(new RetryableError('no endpoint answered what can be used')),
      watchHeads: () => ({ live: false, stop: () => undefined }),
    };
    await clock.run(
      syncChain({
        ...{ chainId, networks: [toNetwork(chainId, 1)], log: silentLog, signal: stopping.signal },
        ...{ source: source as ChainSource, store: emptyStore as Store },
        runtime: createVirtualRuntime(clock, createRandom(1, 'runtime')),
        settings: { holder: 'test', pollMs: 1_000, maxRangeBlocks: 100, finalityDepth: 64, leaseMs: 30_000 },
      }),
    );
    expect(looks).toBeGreaterThan(200);
    expect(looks).toBeLessThan(500);
  });
});

const emptyStore: Partial<Store> = {
  acquireLease: async (holder) => ({ holder, epoch: 1 }),
  releaseLease: async () => undefined,
  findCursor: async () => undefined,
  findFinalHeight: async () => undefined,
  listContracts: async () => [],
  forget: () => undefined,
  recordHead: async () => undefined,
  recordPhase: async () => undefined,
};
