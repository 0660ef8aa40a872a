import type pg from 'pg';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { replayRecording } from '../../indexer/main.js';
import { createPostgresStore } from '../../indexer/writer/createPostgresStore.js';
import { emptyDigest, toDigest } from '../../indexer/writer/digest.js';
import { rescanDigest } from '../../indexer/writer/rescanDigest.js';
import { createPool } from '../../schema/database.js';
import { openDevnet, openIndex } from '../pipeline/world.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';

const recording = 'livepeer/bondingmanager-events-arbitrum-2022-02_03.json';

describeWithShared(recording, 'the digest of recorded Livepeer logs', () => {
  it('is at every block what a rescan up to it gives', async () => {
    const database = await createTestDatabase();
    const pool = createPool(database.url, { role: 'test' });
    try {
      const file = toSharedPath(recording);
      await replayRecording({ databaseUrl: database.url, network: 'livepeer-arbitrum-recorded', file, log: silentLog });
      const blocks = await listDigests(pool);
      expect(blocks.length).toBeGreaterThan(1_000);
      for (const block of [blocks[0], blocks[700], blocks.at(-1)]) {
        if (!block) throw new Error('the recording is too short');
        expect([block.height, toDigest(await rescanDigest(pool, block.chainId, block.height))]).toEqual([
          block.height,
          block.digest,
        ]);
      }
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});

describe('the digest of a devnet', () => {
  it('is what a rescan gives, the same for an indexer that reads in other ranges, and that of its block after a rollback', async () => {
    const world = await openDevnet({ historyDays: 2 });
    const one = await openIndex(world.devnet.rpcUrl);
    const other = await openIndex(world.devnet.rpcUrl, { maxRangeBlocks: 13 });
    try {
      const head = await world.request<{ number: string; hash: string }>('eth_getBlockByNumber', ['latest', false]);
      const running = [];
      for (const index of [one, other]) {
        running.push(await index.start());
        await index.reached({ height: Number(head.number), hash: head.hash });
      }
      const [digest] = (await listDigests(one.pool)).slice(-1);
      expect(digest?.height).toBe(Number(head.number));
      expect(toDigest(await rescanDigest(one.pool, 31_337))).toBe(digest?.digest);
      const blocks = await listDigests(other.pool);
      expect(blocks.at(-1)).toEqual(digest);

      await running[1]?.stop();
      const store = createPostgresStore({ pool: other.pool, chainId: 31_337, runtime: systemRuntime });
      const lease = await store.acquireLease('test', 60_000);
      const [cursor, middle] = [await store.findCursor(), blocks.at(-20)];
      if (!lease || !cursor || !middle) throw new Error('the indexer was stopped, and has followed the head');
      // At the head each block can be taken back by itself; what was read as one range goes as one.
      const afterFirst = await store.rollBack(lease, { from: cursor, height: middle.height });
      if (afterFirst?.height !== middle.height) throw new Error(`expected the cursor at ${middle.height}`);
      expect(toDigest(await rescanDigest(other.pool, 31_337))).toBe(middle.digest);
      expect(middle.digest).not.toBe(digest?.digest);
      const past = blocks.find(({ height }) => height > middle.height - 200) ?? middle;
      const kept = await store.rollBack(lease, { from: afterFirst, height: past.height });
      expect(toDigest(await rescanDigest(other.pool, 31_337))).toBe(
        blocks.find(({ height }) => height === kept?.height)?.digest ?? toDigest(emptyDigest),
      );
      expect(kept?.height ?? 0).toBeLessThanOrEqual(past.height);
    } finally {
      await Promise.all([one.close(), other.close()]);
      await world.close();
    }
  });
});

async function listDigests(pool: pg.Pool) {
  const { rows } = await pool.query<{ chain_id: number; height: number; digest_sum: Buffer; digest_rows: number }>(
    'select chain_id, height, digest_sum, digest_rows from block order by height',
  );
  return rows.map(({ chain_id, height, digest_sum, digest_rows }) => ({
    ...{ chainId: chain_id, height },
    digest: toDigest({ sum: digest_sum, rows: digest_rows }),
  }));
}
