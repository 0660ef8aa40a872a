import { chainId } from '../../test/writer/marketChain.js';
import { openStore } from '../../test/writer/openStore.js';
import { type EndpointRow, recordEndpoints } from './recordEndpoints.js';
import { LeaseLostError } from './Store.js';

const head = (height: number) => ({ height, time: new Date(1_700_000_000_000 + height) });

describe('what the source said last', () => {
  it('replaces what it said before, but what was final stays final', async () => {
    const { store, lease, query, close } = await openStore();
    const stored = async () =>
      (await query('select head_height, safe_height, finalized_height, phase, phase_reason from chain'))[0];
    try {
      expect(await store.findFinalHeight()).toBeUndefined();
      await store.recordHead(lease, { head: head(100), safeHeight: 95, finalizedHeight: 90 });
      await store.recordHead(lease, { head: head(99), safeHeight: 94, finalizedHeight: 80 });
      await store.recordPhase(lease, 'halted', 'because');
      expect(await stored()).toEqual({
        ...{ head_height: 99, safe_height: 94, finalized_height: 90, phase: 'halted', phase_reason: 'because' },
      });
      expect(await store.findFinalHeight()).toBe(90);
      await store.recordHead(lease, { head: head(101) });
      await store.recordPhase(lease, 'live');
      expect(await stored()).toMatchObject({
        head_height: 101,
        finalized_height: 90,
        phase: 'live',
        phase_reason: null,
      });
    } finally {
      await close();
    }
  });

  it('is told by who holds the lease, and by nobody who held it before', async () => {
    const { store, lease, query, another, close } = await openStore();
    try {
      await store.releaseLease(lease);
      const rival = another();
      const taken = await rival.acquireLease('rival', 60_000);
      if (!taken) throw new Error('a lease that was given back is free');
      await rival.recordHead(taken, { head: head(100), finalizedHeight: 90 });
      await rival.recordPhase(taken, 'live');
      await expect(store.recordHead(lease, { head: head(110), finalizedHeight: 99 })).rejects.toThrow(LeaseLostError);
      await expect(store.recordPhase(lease, 'halted', 'because')).rejects.toThrow(LeaseLostError);
      expect(await query('select head_height, finalized_height, phase, phase_reason from chain')).toEqual([
        { head_height: 100, finalized_height: 90, phase: 'live', phase_reason: null },
      ]);
    } finally {
      await close();
    }
  });
});

describe('the scorecard of the endpoints', () => {
  it('says how each does now, and leaves out those that are configured no more', async () => {
    const { pool, query, close } = await openStore();
    const endpoint: EndpointRow = {
      ...{ name: 'https://one.example', role: 'any', state: 'usable', requests: 5, calls: 9, bytes: 2 ** 40 },
      ...{ failures: 1, faults: 0, lastFault: undefined, latencyMs: 12.6, rateLimit: undefined },
      ...{ headHeight: 7, setAsideUntil: undefined },
    };
    const at = new Date('2026-01-02T03:04:05.678Z');
    const faulty = { ...endpoint, name: 'two', faults: 2, lastFault: { reason: 'wrongChain', detail: "it's 5", at } };
    try {
      await recordEndpoints(pool, chainId, [endpoint, { ...endpoint, name: 'three' }]);
      await recordEndpoints(pool, chainId, [{ ...endpoint, requests: 6 }, faulty]);
      const rows = await query(
        `select name, requests, bytes, latency_ms, rate_limit, fault_reason, fault_detail, fault_at
         from endpoint order by name`,
      );
      const common = { bytes: 2 ** 40, latency_ms: 13, rate_limit: null };
      expect(rows).toEqual([
        { ...common, name: 'https://one.example', requests: 6, fault_reason: null, fault_detail: null, fault_at: null },
        { ...common, name: 'two', requests: 5, fault_reason: 'wrongChain', fault_detail: "it's 5", fault_at: at },
      ]);
      await recordEndpoints(pool, chainId, []);
      expect(await query('select name from endpoint')).toEqual([]);
    } finally {
      await close();
    }
  });
});
