import { jest } from '@jest/globals';
import pg from 'pg';

/** The statements that are sent meanwhile, without those that begin or share a snapshot. */
export async function listStatements(run: () => Promise<unknown>): Promise<string[]> {
  const spy = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await run();
    return spy.mock.calls.map(([asked]) => toSql(asked)).filter((text) => !/^(rollback; begin|listen) /.test(text));
  } finally {
    spy.mockRestore();
  }
}

/** Of what a client was asked: a text, or one with a name by which the connection keeps it. */
export function toSql(asked: unknown): string {
  return typeof asked === 'string' ? asked : String((asked as { readonly text?: string }).text);
}
