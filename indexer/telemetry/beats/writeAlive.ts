import type pg from 'pg';
import { toInt4Array, toInt8Array } from './binaryArrays.js';

/** The seconds of a slot in which an observer could take beats and commit them; bit 0 is the slot's first second. */
export interface AliveSeconds {
  readonly observer: number;
  readonly slot: number;
  readonly bits: bigint;
}

/** Adds seconds to those that are known. Rows may name a slot of an observer more than once. */
export async function writeAlive(client: pg.ClientBase | pg.Pool, rows: readonly AliveSeconds[]): Promise<void> {
  const merged = merge(rows);
  if (merged.length === 0) return;
  await client.query(
    `insert into observer_slot as seen (observer, slot, alive)
     select * from unnest($1::int[], $2::int[], $3::bigint[])
     on conflict (observer, slot) do update set alive = seen.alive | excluded.alive`,
    [
      toInt4Array(merged, (row) => row.observer),
      toInt4Array(merged, (row) => row.slot),
      toInt8Array(merged, (row) => row.bits),
    ],
  );
}

function merge(rows: readonly AliveSeconds[]): readonly AliveSeconds[] {
  const bySlot = new Map<string, AliveSeconds>();
  for (const row of rows) {
    const key = `${row.observer} ${row.slot}`;
    bySlot.set(key, { ...row, bits: row.bits | (bySlot.get(key)?.bits ?? 0n) });
  }
  return [...bySlot.values()].sort((one, other) => one.observer - other.observer || one.slot - other.slot);
}
