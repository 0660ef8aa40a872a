import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { readDigest } from '../../indexer/operator/readDigest.js';
import { createChainSource } from '../../indexer/source/createChainSource.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import type { Transport } from '../../indexer/source/rpc/Transport.js';
import { syncChain } from '../../indexer/sync/syncChain.js';
import { createPostgresStore } from '../../indexer/writer/createPostgresStore.js';
import { registerNetworks } from '../../indexer/writer/registerNetworks.js';
import { createPool } from '../../schema/database.js';
import { dumpFacts } from '../dumpFacts.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';
import { answerCall, type NodeTraits } from './answerCall.js';
import { createWorld } from './createWorld.js';

const chainId = 31_337;
const world = createWorld(7, { chainId, isShort: true, withoutReorgs: true });
const tip = world.end;

/** Of the state at the tip. It changes with the chain's contents and with what the digest covers, and else never. */
const FROZEN = '0x35a6d642ffb99b85906b3193cb5b0c250a47d50382181c189d667ba2c9321f2c';

describe('a chain read forwards and taken back, again and again', () => {
  it.each([
    { forward: 10, back: 1 },
    { forward: 20, back: 10 },
    { forward: 1, back: 10 },
  ])('comes to the digest of a clean run at every step: $forward forwards, $back back', async ({ forward, back }) => {
    const [clean, worn] = [await openIndex(), await openIndex()];
    try {
      for (let height = world.startHeight; height <= tip.height; height += 1) await clean.readTo(height);
      // Where more is taken back than read, it begins in the middle.
      let height = forward > back ? world.startHeight : Math.floor(tip.height / 2);
      for (let round = 0; round < MOST_ROUNDS && height < tip.height; round += 1) {
        height = Math.min(tip.height, height + forward);
        await worn.readTo(height);
        expect(await worn.tellDigest()).toEqual(await clean.tellDigest(height));
        height = await worn.takeBackTo(Math.max(world.startHeight, height - back));
        expect(await worn.tellDigest()).toEqual(await clean.tellDigest(height));
      }
      await worn.readTo(tip.height);
      expect(await worn.tellDigest()).toEqual({ height: tip.height, digest: FROZEN, isRescanned: true });
      expect(await dumpFacts(worn.pool)).toEqual(await dumpFacts(clean.pool));
    } finally {
      await Promise.all([clean.close(), worn.close()]);
    }
  });
});

/** Up to a height in steps of at most seven blocks. */
function listSteps(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.ceil((to - from) / 7) }, (_, step) => Math.min(to, from + (step + 1) * 7));
}

/** Reading one block and taking back ten would go on for ever. */
const MOST_ROUNDS = 12;

async function openIndex() {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  const store = createPostgresStore({ pool, chainId, runtime: systemRuntime });
  const endpoints = createEndpointPool({
    ...{ chainId, runtime: systemRuntime, endpoints: [{ url: 'http://node.example' }] },
    createTransport: () => transport,
  });
  const source = createChainSource({ pool: endpoints, chainId });
  await registerNetworks(pool, { chainId, genesisHash: world.first.hash, networks: [world.network] });
  return {
    pool,
    async readTo(until: number) {
      const written = (await store.findCursor())?.height ?? world.startHeight - 1;
      // The first block by itself, so that there is always one to go back to; then a few at a time.
      const first = Math.max(written, Math.min(world.startHeight, until));
      for (const height of [first, ...listSteps(first, until)]) {
        await syncChain({
          ...{ chainId, networks: [world.network], source, store, runtime: systemRuntime, log: silentLog },
          signal: new AbortController().signal,
          settings: {
            holder: 'test',
            pollMs: 1,
            maxRangeBlocks: 7,
            finalityDepth: 1_000,
            leaseMs: 60_000,
            until: height,
          },
        });
      }
    },
    /** The highest stored block that is not above the height, or the end of the range before the one it lies in. */
    async takeBackTo(height: number): Promise<number> {
      const from = await store.findCursor();
      const [block] = await store.listBlocks({ below: height + 1, limit: 1 });
      const lease = await store.acquireLease('test', 60_000);
      if (!from || !block || !lease) throw new Error('the run left no block, or kept its lease');
      const kept = await store.rollBack(lease, { from, height: block.height });
      await store.releaseLease(lease);
      if (!kept) throw new Error('the first block was written by itself');
      return kept.height;
    },
    async tellDigest(height?: number) {
      const [found] = await readDigest(pool, { chainId, height, rescan: height === undefined });
      return { height: found?.height, digest: found?.digest, isRescanned: found?.rescanned?.isEqual ?? true };
    },
    async close() {
      await source.close();
      await pool.end();
      await database.drop();
    },
  };
}

const traits: NodeTraits = {
  ...{ chainId, cap: undefined, timesInLogs: true, receipts: 'byHash', logsByHash: true, finalDepth: undefined },
  ...{ refusesBeyondHead: true, maxBatch: 1_000 },
};

/** An honest node that answers at once. */
const transport: Transport = {
  send: async (calls) => ({
    answers: calls.map((call) => answerCall(call, { tip, findBlock: (hash) => world.blocks.get(hash) }, traits)),
    bytes: 1_000,
  }),
  close: async () => undefined,
};
