import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { createTestDatabase } from '../../../test/testDatabase.js';
import { registerNodes, registerObserver } from './registerNodes.js';

describe('registerNodes', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, { role: 'test' });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const toNodes = (ids: readonly string[]) =>
    ids.map((id) => ({ nodeId: `net:${id}`, networkId: 'net', providerId: null }));

  it('numbers nodes without gaps, in the order given, whatever was known before', async () => {
    const [b = 0, a = 0] = await registerNodes(pool, toNodes(['b', 'a']));
    expect([a, b]).toEqual([1, 2]);
    for (let time = 0; time < 5; time += 1) expect(await registerNodes(pool, toNodes(['b', 'a']))).toEqual([b, a]);
    expect(await registerNodes(pool, toNodes(['c', 'a', 'd', 'b']))).toEqual([3, a, 4, b]);
    expect(await registerNodes(pool, [])).toEqual([]);
  });

  it('gives one number to a node that several register at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => registerNodes(pool, toNodes(['e', 'f']))));
    expect(new Set(answers.map((keys) => keys.join())).size).toBe(1);
    const { rows } = await pool.query("select from heartbeat_node where node_id in ('net:e', 'net:f')");
    expect(rows).toHaveLength(2);
  });

  it('uses up no number with each start of an observer, and takes up its group', async () => {
    const first = await registerObserver(pool, { name: 'one', networkGroup: 'one' });
    for (let start = 0; start < 5; start += 1)
      expect(await registerObserver(pool, { name: 'one', networkGroup: 'other' })).toBe(first);
    expect(await registerObserver(pool, { name: 'two', networkGroup: 'two' })).toBe(first + 1);
    const { rows } = await pool.query('select network_group from observer order by observer');
    expect(rows.map((row) => row.network_group)).toEqual(['other', 'two']);
  });
});
