import { runCommand } from '../product.js';
import { createTestDatabase } from '../testDatabase.js';

describe('computescan key', () => {
  it('makes a key that is shown once, lists it without the key, and takes it back', async () => {
    const database = await createTestDatabase();
    const on = (...args: string[]) => runCommand(['key', ...args], { DATABASE_URL: database.url });
    try {
      expect((await on('list')).output).toContain('There is no key');
      const made = await on('create', 'dashboards', '--capacity', '20000', '--rate', '1000', '--json');
      expect(made.code).toBe(0);
      const { id, token } = JSON.parse(made.output);
      expect(token).toMatch(/^cs_[\w-]{43}$/);
      expect((await on('create', 'another')).output).toMatch(/^cs_[\w-]{43}$/m);
      const listed = await on('list');
      expect(listed.output).toMatch(new RegExp(`${id} +dashboards +20000 +1000 .*never`));
      expect(listed.output).toMatch(/another +10000 +500 /);
      expect(listed.output).not.toContain('cs_');
      expect((await on('revoke', id)).output).toMatch(new RegExp(`Key ${id} is revoked since 20`));
      expect((await on('list')).output).toMatch(new RegExp(`${id} .*never +20\\d\\d-`));
      const wrong = await on('revoke', 'nobody');
      expect([wrong.code, wrong.output]).toEqual([
        1,
        expect.stringContaining('Expected the id of a key, got "nobody"'),
      ]);
    } finally {
      await database.drop();
    }
  }, 120_000);
});
