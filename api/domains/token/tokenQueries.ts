import type { UsdSource } from '../../../schema/prices/UsdSource.js';
import type { Database } from '../../database/createDatabase.js';

export interface TokenRow {
  readonly id: string;
  readonly decimals: number;
  readonly usd: UsdSource | null;
}

export function listTokensById(database: Database, ids: readonly string[]): Promise<TokenRow[]> {
  return database.query('select t.id, t.symbol, t.decimals, t.address, t.usd from token t where t.id = any($1)', [ids]);
}
