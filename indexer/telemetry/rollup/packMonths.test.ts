import { openRollupWorld } from '../../../test/heartbeats/openRollupWorld.js';
import { ensureHours } from '../beats/partitions.js';
import { packMonths } from './packMonths.js';

/** The first hour of November 2025. */
const NOVEMBER = Date.UTC(2025, 10) / 3_600_000;

describe('indexes of past months', () => {
  it('are built anew once, where they are loose, and those of this month are not', async () => {
    const world = await openRollupWorld();
    try {
      const { pool } = world;
      await ensureHours(pool, NOVEMBER - 24, NOVEMBER + 24);
      for (const from of [NOVEMBER - 24, NOVEMBER]) {
        // Hour by hour, all nodes in between each other.
        for (let hour = from; hour < from + 24; hour += 1) {
          await pool.query(
            `insert into node_verdict (node_key, hour, up, known, expected) select n, $1, 1, 1, 1 from generate_series(1, 3000) n`,
            [hour],
          );
        }
      }
      await pool.query('analyze node_verdict');
      const size = async (month: string) =>
        (await pool.query(`select pg_relation_size('node_verdict_${month}_pkey') as bytes`)).rows[0].bytes;
      const [october, november] = [await size('202510'), await size('202511')];
      const now = new Date((NOVEMBER + 47) * 3_600_000);
      expect(await packMonths(pool, now)).toEqual([]);
      const later = new Date((NOVEMBER + 48) * 3_600_000);
      expect(await packMonths(pool, later)).toEqual(['node_verdict_202510_pkey']);
      expect(await size('202510')).toBeLessThan(0.9 * october);
      expect(await size('202511')).toBe(november);
      expect(await packMonths(pool, later)).toEqual([]);
    } finally {
      await world.end();
    }
  });
});
