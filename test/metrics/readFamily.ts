import { readFileSync } from 'node:fs';
import type { FamilyInput } from '../../indexer/metrics/families.js';
import { withClient } from '../api/seed.js';

export interface Range {
  readonly network: string;
  readonly fromHour: number;
  /** Not included. */
  readonly toHour: number;
}

/** What a family's statement gives, row by row, as the roller gets it. */
export async function readFamily(url: string, family: string, range: Range): Promise<readonly FamilyInput[]> {
  const file = new URL(`../../indexer/metrics/sql/${family}.sql`, import.meta.url);
  const statement = readFileSync(file, 'utf8');
  let found: readonly FamilyInput[] = [];
  await withClient(url, async (client) => {
    const { rows } = await client.query(statement, [range.network, range.fromHour, range.toHour]);
    found = rows;
  });
  return found;
}
