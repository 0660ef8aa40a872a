import { jest } from '@jest/globals';
import pg from 'pg';

/** The statements that are sent meanwhile, without those that begin or share a snapshot. */
export async function listStatements(run: () => Promise<unknown>): Promise<string[]> {
  const spy = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await run();
    return spy.mock.calls.map(([text]) => String(text)).filter((text) => !/^(rollback; begin|listen) /.test(text));
  } finally {
    spy.mockRestore();
  }
}
