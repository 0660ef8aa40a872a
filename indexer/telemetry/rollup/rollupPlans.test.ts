import type pg from 'pg';
import { createPool } from '../../../schema/database.js';
import { createTestDatabase, type TestDatabase } from '../../../test/testDatabase.js';
import { pruneSql } from '../beats/pruneBatches.js';
import { staleSql } from './findStale.js';
import { rollupSettings } from './planner.js';
import { sql } from './sql.js';
import { toVerdictSql } from './toVerdictSql.js';

const SLOT = 29_400_000;
const HOUR = SLOT / 60;

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test', max: 1 });
  // Two chains with a block a second, and a day of batches, as a stream keeps them.
  await pool.query(`
    insert into chain (chain_id, name, recorded, phase) select n, n::text, false, 'following' from generate_series(1, 2) n;
    insert into block (chain_id, height, hash, time)
      select chain_id, n, '\\x00', to_timestamp(${HOUR * 3_600 - 50_000} + n)
      from chain, generate_series(1, 50000) n;
    insert into heartbeat_node (node_id, network_id, first_slot)
      select 'net:' || n, 'net', 1 from generate_series(1, 100) n;
    insert into node (id, network_id, chain_id, native_id, height, time)
      select node_id, network_id, 1, node_id, 1, to_timestamp(1) from heartbeat_node;
    insert into node_version (node_id, height_from, height_to, chain_id, active)
      select node_id, 1, null, 1, node_key % 2 = 0 from heartbeat_node;
    insert into beat_batch (delegation_key, counter, observer, first_slot, last_slot, digest)
      select n, s, 1, ${SLOT} - 1440 + s, ${SLOT} - 1440 + s, ''
      from generate_series(1, 1440) s, generate_series(1, 100) n
  `);
  await pool.query('vacuum analyze');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function explain(text: string, values: readonly unknown[], settings = rollupSettings): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(settings);
    const { rows } = await client.query(`explain ${text}`, [...values]);
    await client.query('rollback');
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    client.release();
  }
}

describe('what the roller asks every minute', () => {
  it.each([
    ['finds the batches that it forgets', pruneSql, [SLOT - 1_430], 'set local jit = off'],
    ['finds batches that went back', sql.listBack, [SLOT - 4, 0, 199_999], rollupSettings],
    ['finds counters that were used twice', sql.listReused, [SLOT - 4, 0, 199_999], rollupSettings],
    ['finds batches of shared keys', sql.listOdd, [[1, 2], [7, 8], SLOT - 4], rollupSettings],
  ])('%s by their slots', async (_, text, values, settings) => {
    const plan = await explain(text, values, settings);
    expect(plan).toMatch(/beat_batch_slot/);
    expect(plan).not.toContain('Seq Scan on beat_batch');
  });

  it('opens the blocks that it needs, and no others', async () => {
    for (const plan of [
      await explain(staleSql, ['net', HOUR - 24, HOUR]),
      await explain(toVerdictSql(1), ['net', HOUR - 1, HOUR, [HOUR], [1], [1], ['1'], [HOUR], ['1']]),
    ]) {
      expect(plan).toMatch(/Index.* on block/);
      expect(plan).not.toContain('Seq Scan on block');
    }
  });
});
