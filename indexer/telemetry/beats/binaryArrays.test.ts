import { createPool } from '../../../schema/database.js';
import { createTestDatabase } from '../../../test/testDatabase.js';
import { toInt4Array, toInt8Array } from './binaryArrays.js';

describe('arrays of integers in binary', () => {
  it('are read by Postgres as they are', async () => {
    const database = await createTestDatabase();
    const pool = createPool(database.url, { role: 'test' });
    try {
      const small = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)];
      const large = [0n, -1n, 2n ** 60n - 1n, 2n ** 63n - 1n, -(2n ** 63n)];
      const read = 'select $1::int[] as small, $2::bigint[]::text[] as large';
      for (const length of [0, 1, 5]) {
        const given = [small.slice(0, length), large.slice(0, length)] as const;
        const { rows } = await pool.query(read, [
          toInt4Array(given[0], (number) => number),
          toInt8Array(given[1], (number) => number),
        ]);
        expect(rows).toEqual([{ small: given[0], large: given[1].map(String) }]);
      }
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});
