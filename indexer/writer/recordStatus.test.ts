import { chainId } from '../../test/writer/marketChain.js';
import { openStore } from '../../test/writer/openStore.js';
import { type EndpointRow, recordEndpoints } from './recordEndpoints.js';

const head = (height: number) => ({ height, time: new Date(1_700_000_000_000 + height) });

describe('what the source said last', () => {
  it('replaces what it said before, but what was final stays final', async () => {
    const { store, query, close } = await openStore();
    const stored = async () =>
      (await query('select head_height, safe_height, finalized_height, phase, phase_reason from chain'))[0];
    try {
      expect(await store.findFinalHeight()).toBeUndefined();
      await store.recordHead({ head: head(100), safeHeight: 95, finalizedHeight: 90 });
      await store.recordHead({ head: head(99), safeHeight: 94, finalizedHeight: 80 });
      await store.recordPhase('halted', 'because');
      expect(await stored()).toEqual({
        ...{ head_height: 99, safe_height: 94, finalized_height: 90, phase: 'halted', phase_reason: 'because' },
      });
      expect(await store.findFinalHeight()).toBe(90);
      await store.recordHead({ head: head(101) });
      await store.recordPhase('live');
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
