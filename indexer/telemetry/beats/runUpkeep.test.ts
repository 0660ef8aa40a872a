import { createPool } from '../../../schema/database.js';
import type { Log } from '../../../schema/lib/log.js';
import { startProxy } from '../../../test/faults/startProxy.js';
import { createTestDatabase } from '../../../test/testDatabase.js';
import { systemRuntime } from '../../lib/systemRuntime.js';
import { runUpkeep } from './runUpkeep.js';

describe('the upkeep of heartbeats', () => {
  it('makes partitions and forgets old batches, waits for a database that is away, and ends when told', async () => {
    const database = await createTestDatabase();
    const proxy = await startProxy(database.url);
    const [away, direct] = [proxy.url, database.url].map((url) => createPool(url, { role: 'test' }));
    const said: string[] = [];
    const note = (_: unknown, text: string) => void said.push(text);
    const ending = new AbortController();
    // A second of its waiting is a hundredth of one.
    const runtime = {
      ...systemRuntime,
      sleep: (ms: number, signal?: AbortSignal) => systemRuntime.sleep(ms / 100, signal),
    };
    try {
      await direct?.query(`
        insert into beat_batch (delegation_key, counter, first_slot, last_slot, digest)
        values (1, 1, 1, 1, ''), (1, 2, 1, 1, '')`);
      proxy.setTarget(undefined);
      if (!away) throw new Error('Expected a pool.');
      const log = { warn: note, info: note } as unknown as Log;
      const running = runUpkeep({ pool: away, runtime, rawDays: 7, log, signal: ending.signal });
      while (said.length < 2) await systemRuntime.sleep(5);
      expect(new Set(said)).toEqual(new Set(['the database is out of reach; the upkeep of heartbeats waits']));
      proxy.setTarget(database.url);
      const count = 'select count(*) from beat_batch';
      while ((await direct?.query(count))?.rows[0]?.count !== 1) await systemRuntime.sleep(5);
      const parts = await direct?.query(`select count(*) from pg_inherits where inhparent = 'heartbeat'::regclass`);
      expect(parts?.rows).toEqual([{ count: 5 }]);
      expect(said).toContain('partitions of heartbeats');
      ending.abort();
      await running;
    } finally {
      ending.abort();
      await away?.end();
      await direct?.end();
      await proxy.close();
      await database.drop();
    }
  });
});
