import { createTestDatabase } from '../../test/testDatabase.js';
import { createDataSource } from '../createDataSource.js';
import { createPool, migrate } from '../database.js';

describe('migrations', () => {
  it('bring an empty database to exactly what the entities say', async () => {
    const database = await createTestDatabase();
    const source = createDataSource(database.url, 'test');
    try {
      await source.initialize();
      const drift = await source.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await source.destroy();
      await database.drop();
    }
  });

  it('are reversible, and run once even when two processes ask at the same time', async () => {
    const database = await createTestDatabase();
    const source = createDataSource(database.url, 'test');
    const pool = createPool(database.url, { role: 'test' });
    try {
      await source.initialize();
      for (const _ of source.migrations) await source.undoLastMigration();
      const { rows } = await pool.query("select tablename from pg_tables where schemaname = 'public'");
      expect(rows.map((row) => row.tablename)).toEqual(['migrations']);
      // Two processes may start on an empty database at once: one migrates, the other waits and finds it done.
      const outcomes = await Promise.all([migrate(database.url), migrate(database.url)]);
      expect(outcomes.map((outcome) => outcome.applied.length).sort()).toEqual([0, source.migrations.length]);
    } finally {
      await pool.end();
      await source.destroy();
      await database.drop();
    }
  });
});
