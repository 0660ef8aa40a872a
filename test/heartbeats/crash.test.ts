import { createRandom } from '../simulation/createRandom.js';
import { createTestDatabase } from '../testDatabase.js';
import { feedAndKill } from './feedAndKill.js';

/** 100 by killWriters.ts; fewer in a run of all tests, for the sake of its length. */
const KILLS = 10;

describe('writers of beats that are killed', () => {
  it(`lose nothing that was acknowledged and double nothing, ${KILLS} times`, async () => {
    const database = await createTestDatabase();
    try {
      const random = createRandom(Number(process.env.SEED ?? 10), 'kills');
      const found = await feedAndKill({ databaseUrl: database.url, kills: KILLS, random });
      expect(found).toMatchObject({ kills: KILLS, lost: 0, doubled: 0 });
      // It was under load, and some of it was cut off.
      expect(found.acked).toBeGreaterThan(20 * KILLS);
      expect(found.unanswered).toBeGreaterThan(0);
      expect(found.resent).toBeGreaterThan(0);
    } finally {
      await database.drop();
    }
  }, 300_000);
});
