import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import type { RollContext } from './RollStep.js';
import { sql } from './sql.js';

export interface Standing {
  /** Absent: nothing of the chain is written, or all of it was taken back. */
  readonly head: RollContext['head'] | undefined;
  readonly progress: { readonly height: number | null; readonly time: Date; readonly methodDigest: string } | undefined;
  /** Where the first fact or reading lies; the head's where there is none. */
  readonly firstHour: number;
  /** Indexes are put off until the first backfill is over: what needs them has to wait. */
  readonly isDeferred: boolean;
}

export async function readStanding(client: pg.ClientBase, networkId: string): Promise<Standing> {
  const { rows } = await client.query<StandingRow>(sql.readStanding, [networkId]);
  const [row] = rows;
  assert(row, `the network ${networkId} is stored, and its chain`);
  const { height, time, rolled_height, rolled_time, method_digest, first_hour, deferred } = row;
  const head = height !== null && time ? { height, time, hour: toHour(time) } : undefined;
  const progress =
    rolled_time && method_digest !== null
      ? { height: rolled_height, time: rolled_time, methodDigest: method_digest }
      : undefined;
  const headHour = head?.hour ?? 0;
  return { head, progress, firstHour: Math.min(first_hour ?? headHour, headHour), isDeferred: deferred };
}

interface StandingRow {
  readonly height: number | null;
  readonly time: Date | null;
  readonly rolled_height: number | null;
  readonly rolled_time: Date | null;
  readonly method_digest: string | null;
  readonly deferred: boolean;
  readonly first_hour: number | null;
}

export function toHour(time: Date): number {
  return Math.floor(time.getTime() / HOUR_MS);
}

export const HOUR_MS = 3_600_000;
