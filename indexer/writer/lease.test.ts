import { openStore } from '../../test/writer/openStore.js';

describe('the lease', () => {
  it('is renewed by its holder under the same epoch, and kept from others until it runs out', async () => {
    const { store, lease, query, another, close } = await openStore();
    const rival = another();
    try {
      expect(await store.acquireLease('test', 60_000)).toEqual(lease);
      expect(await rival.acquireLease('rival', 60_000)).toBeUndefined();
      await query(`update chain set lease_until = clock_timestamp() - interval '1 millisecond'`);
      expect(await rival.acquireLease('rival', 60_000)).toEqual({ holder: 'rival', epoch: lease.epoch + 1 });
      expect(await store.acquireLease('test', 60_000)).toBeUndefined();
    } finally {
      await close();
    }
  });

  it('is free at once when it is given back, and only by whom it belongs to', async () => {
    const { store, lease, another, close } = await openStore();
    const rival = another();
    try {
      await rival.releaseLease({ holder: 'rival', epoch: lease.epoch });
      expect(await rival.acquireLease('rival', 60_000)).toBeUndefined();
      await store.releaseLease(lease);
      const taken = await rival.acquireLease('rival', 60_000);
      expect(taken).toEqual({ holder: 'rival', epoch: lease.epoch + 1 });
      // Too late: it is another one's by now.
      await store.releaseLease(lease);
      expect(await store.acquireLease('test', 60_000)).toBeUndefined();
    } finally {
      await close();
    }
  });

  it('goes to one of many who ask at the same moment', async () => {
    const { store, lease, another, close } = await openStore();
    try {
      await store.releaseLease(lease);
      const asked = Array.from({ length: 8 }, (_, index) => another().acquireLease(`rival ${index}`, 60_000));
      const taken = (await Promise.all(asked)).filter((got) => got !== undefined);
      expect(taken).toHaveLength(1);
    } finally {
      await close();
    }
  });
});
