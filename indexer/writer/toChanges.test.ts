import { chainId, drawChain, toBatches, toBlock } from '../../test/writer/marketChain.js';
import { type OpenStore, openStore } from '../../test/writer/openStore.js';
import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import type { Batch, PreparedBatch } from './Store.js';

const created = (job: string, tasks: readonly string[], provider: string) => ({
  ...{ kind: 'jobCreated' as const, job, attributes: {}, provider },
  tasks: tasks.map((task, position) => ({ task, position })),
});
const completed = (task: string): CanonicalEvent => ({ kind: 'taskCompleted', task });
const reopened = (task: string): CanonicalEvent => ({ kind: 'taskReopened', task });

describe('a batch that is written while the next one is prepared', () => {
  it('is stored as what it is by itself', async () => {
    const chain = drawChain({ seed: 11, blocks: 8, logsPerBlock: 40 });
    const [ahead, alone] = [await openStore({ cacheSize: 2 }), await openStore()];
    try {
      const batches = toBatches(chain, 1);
      for (const [at, next] of batches.slice(1).entries()) {
        const batch = batches[at] as Batch;
        await alone.write([batch]);
        await writeHeld(ahead, batch, next);
        expect(await ahead.dump()).toEqual(await alone.dump());
        // The next one starts from what is stored, as after a crash.
        ahead.store.forget();
      }
    } finally {
      await Promise.all([ahead.close(), alone.close()]);
    }
  });

  it('leaves the next one to be prepared again from what is stored, when that announces what is there already', async () => {
    const chain = [
      toBlock(1, [[created('old', ['o0'], 'p')], [created('a', ['a0', 'a1'], 'p')], [completed('a0')]]),
      toBlock(2, [[{ kind: 'taskStarted', task: 'a1' }]]),
      toBlock(3, [[created('old', [], 'p')], [completed('a1')], [reopened('a0')]]),
    ];
    const [ahead, whole] = [await openStore(), await openStore()];
    try {
      const [first, second, third] = toBatches(chain, 1) as [Batch, Batch, Batch];
      await ahead.write([first]);
      ahead.store.forget();
      await ahead.store.write(ahead.lease, await writeHeld(ahead, second, third));
      await whole.write(toBatches(chain, 3));
      expect(await ahead.dump()).toEqual(await whole.dump());
    } finally {
      await Promise.all([ahead.close(), whole.close()]);
    }
  });
});

/** Holds the batch's transaction at its first statement until the next batch is prepared, which is returned. */
async function writeHeld({ pool, store, lease }: OpenStore, batch: Batch, next: Batch): Promise<PreparedBatch> {
  const prepared = await store.prepare(batch);
  const holder = await pool.connect();
  try {
    await holder.query('begin');
    await holder.query('select from chain where chain_id = $1 for update', [chainId]);
    const writing = store.write(lease, prepared);
    const ahead = await store.prepare(next);
    await holder.query('rollback');
    await writing;
    return ahead;
  } finally {
    holder.release(true);
  }
}
