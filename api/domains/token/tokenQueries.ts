import type { Database } from '../../database/createDatabase.js';

export interface TokenRow {
  readonly id: string;
  readonly decimals: number;
}

export function listTokensById(database: Database, ids: readonly string[]): Promise<TokenRow[]> {
  return database.query('select t.id, t.symbol, t.decimals, t.address from token t where t.id = any($1)', [ids]);
}
