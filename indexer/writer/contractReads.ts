import type pg from 'pg';
import { type Step, toArray } from './sendPipeline.js';
import { toStorable } from './toStorable.js';

/** Keeps answers that never change; one that is there already stays. */
export function toReadsStep(chainId: number, reads: ReadonlyMap<string, unknown>): readonly Step[] {
  if (reads.size === 0) return [];
  const text = `insert into contract_read (chain_id, key, answer)
    select $1, * from unnest($2::text[], $3::jsonb[]) on conflict do nothing`;
  const values = [chainId, toArray(reads.keys()), toArray(Array.from(reads.values(), toStoredAnswer))];
  return [{ kind: 'statement', text, values }];
}

export async function findReads(
  pool: pg.Pool,
  chainId: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  if (keys.length === 0) return new Map();
  const { rows } = await pool.query<{ key: string; answer: unknown }>(
    'select key, answer from contract_read where chain_id = $1 and key = any($2)',
    [chainId, keys],
  );
  return new Map(rows.map(({ key, answer }) => [key, fromStoredAnswer(answer)]));
}

/** JSON knows no bigint: an answer keeps them as `{"bigint": "<decimal>"}`. */
export function toStoredAnswer(answer: unknown): string {
  return (
    JSON.stringify(answer, (_, value: unknown) => {
      if (typeof value === 'bigint') return { bigint: String(value) };
      return typeof value === 'string' ? toStorable(value) : (value ?? null);
    }) ?? 'null'
  );
}

export function fromStoredAnswer(stored: unknown): unknown {
  if (Array.isArray(stored)) return stored.map(fromStoredAnswer);
  if (typeof stored !== 'object' || stored === null) return stored;
  const entries = Object.entries(stored);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'bigint' && typeof first[1] === 'string') return BigInt(first[1]);
  return Object.fromEntries(entries.map(([name, value]) => [name, fromStoredAnswer(value)]));
}
