import { toBatch, toBlock, toCursor } from '../../test/writer/marketChain.js';
import { openStore } from '../../test/writer/openStore.js';
import type { CanonicalEvent } from '../events/CanonicalEvent.js';

const created = (job: string, provider: string): CanonicalEvent => ({
  ...{ kind: 'jobCreated', job, attributes: {}, provider },
  tasks: [{ task: `${job}0`, position: 0 }],
});

describe('a rollback', () => {
  it('notes which jobs and providers it touched as they stood before, numbered without a gap', async () => {
    const [one, two, three] = [
      toBlock(1, [[created('a', 'p')]]),
      toBlock(2, [[created('b', 'q')]]),
      toBlock(3, [[{ kind: 'taskCompleted', task: 'a0' }]]),
    ];
    const { store, lease, write, query, close } = await openStore();
    try {
      await write(
        [one, two, three].map((block, at, all) => toBatch([block], all[at - 1] && toCursor(all[at - 1] as never))),
      );
      await store.rollBack(lease, { from: toCursor(three), height: 2 });
      await store.rollBack(lease, { from: toCursor(two), height: undefined });
      expect(await query('select number, from_height, height, complete from retraction order by number')).toEqual([
        { number: 1, from_height: 3, height: 2, complete: true },
        { number: 2, from_height: 2, height: null, complete: true },
      ]);
      const touched = await query<{ number: number; kind: string; id: string; provider_id: string | null }>(
        'select number, kind, id, provider_id from retracted order by number, kind, id',
      );
      expect(touched).toEqual([
        { number: 1, kind: 'job', id: 'market-test:a', provider_id: 'market-test:p' },
        { number: 1, kind: 'provider', id: 'market-test:p', provider_id: null },
        { number: 2, kind: 'job', id: 'market-test:a', provider_id: 'market-test:p' },
        { number: 2, kind: 'job', id: 'market-test:b', provider_id: 'market-test:q' },
        { number: 2, kind: 'provider', id: 'market-test:p', provider_id: null },
        { number: 2, kind: 'provider', id: 'market-test:q', provider_id: null },
      ]);
    } finally {
      await close();
    }
  });

  it('of thousands of blocks is noted as such alone', async () => {
    const [low, high] = [toBlock(1, [[created('a', 'p')]]), toBlock(5_000, [[created('b', 'q')]])];
    const { store, lease, write, query, close } = await openStore();
    try {
      await write([toBatch([low], undefined), toBatch([high], toCursor(low))]);
      await store.rollBack(lease, { from: toCursor(high), height: 1 });
      expect(await query('select number, complete from retraction')).toEqual([{ number: 1, complete: false }]);
      expect(await query('select count(*) from retracted')).toEqual([{ count: 0 }]);
    } finally {
      await close();
    }
  });
});
