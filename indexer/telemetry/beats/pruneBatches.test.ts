import { createPool } from '../../../schema/database.js';
import { createTestDatabase } from '../../../test/testDatabase.js';
import { pruneBatches } from './pruneBatches.js';

const now = new Date('2026-01-31T12:00:00Z');
const slot = now.getTime() / 60_000;

describe('batches that are remembered', () => {
  it('are those of the last ten minutes, and the last one of each delegation', async () => {
    const database = await createTestDatabase();
    const pool = createPool(database.url, { role: 'test' });
    try {
      const given = [
        ...[
          [1, 1, slot - 20],
          [1, 2, slot - 11],
          [1, 3, slot - 10],
          [1, 4, slot],
        ],
        // Nothing has come of it for long; and counters need not come in order.
        ...[
          [2, 7, slot - 5_000],
          [2, 6, slot - 4_000],
        ],
        [3, 1, slot - 1],
      ];
      for (const row of given)
        await pool.query(
          `insert into beat_batch (delegation_key, counter, observer, first_slot, last_slot, digest) values ($1, $2, 1, $3, $3, '')`,
          row,
        );
      expect(await pruneBatches(pool, now)).toBe(3);
      const { rows } = await pool.query('select delegation_key, counter from beat_batch order by 1, 2');
      expect(rows.map((row) => [row.delegation_key, row.counter])).toEqual([
        ...[
          [1, 3],
          [1, 4],
        ],
        ...[
          [2, 7],
          [3, 1],
        ],
      ]);
      expect(await pruneBatches(pool, now)).toBe(0);
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});
