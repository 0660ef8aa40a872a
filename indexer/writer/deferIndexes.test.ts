import { toBatch, toBlock, toCursor } from '../../test/writer/marketChain.js';
import { openStore } from '../../test/writer/openStore.js';

const one = toBlock(1, [[{ kind: 'jobCreated', job: 'a', tasks: [], attributes: {} }]]);

const listIndexes = "select indexname, indexdef from pg_indexes where schemaname = 'public' order by indexname";

describe("the readers' indexes", () => {
  it('are put off while an empty database is filled, and are all there again when the chain is said to be live', async () => {
    const { store, lease, write, query, close } = await openStore();
    try {
      const before = await query<{ indexname: string }>(listIndexes);
      await store.recordPhase(lease, 'backfill');
      const during = await query<{ indexname: string }>(listIndexes);
      const dropped = before.filter(({ indexname }) => !during.some((index) => index.indexname === indexname));
      expect(dropped.length).toBeGreaterThan(15);
      // What writing itself needs is never put off.
      expect(
        dropped.map(({ indexname }) => indexname).filter((name) => /_pkey$|_height$|_born$|task_job/.test(name)),
      ).toEqual([]);
      await write([toBatch([one], undefined)]);
      await store.recordPhase(lease, 'waiting', 'the source is away');
      await store.recordPhase(lease, 'backfill');
      expect(await query(listIndexes)).toEqual(during);
      await store.recordPhase(lease, 'live');
      expect(await query(listIndexes)).toEqual(before);
      expect(await query('select * from deferred_index')).toEqual([]);
    } finally {
      await close();
    }
  });

  it('stay where somebody reads already, and come back once even when two ask', async () => {
    const { store, lease, write, query, another, close } = await openStore();
    try {
      const before = await query(listIndexes);
      await store.recordPhase(lease, 'backfill');
      await Promise.all([store.recordPhase(lease, 'live'), another().recordPhase(lease, 'complete')]);
      expect(await query(listIndexes)).toEqual(before);
      await write([toBatch([one], undefined), toBatch([toBlock(2, [])], toCursor(one))]);
      await store.recordPhase(lease, 'backfill');
      expect(await query(listIndexes)).toEqual(before);
    } finally {
      await close();
    }
  });
});
