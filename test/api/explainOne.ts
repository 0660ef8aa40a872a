import { expect } from '@jest/globals';
import type pg from 'pg';
import type { Database } from '../../api/database/createDatabase.js';

/** The plan of the one statement that is asked. */
export async function explainOne(client: pg.Client, ask: (database: Database) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await ask({
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const { rows } = await client.query(`explain ${sql}`, [...parameters]);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return [];
    },
  });
  expect(plans).toHaveLength(1);
  return plans.join();
}
