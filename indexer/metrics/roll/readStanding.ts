import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import type { RollContext } from './RollStep.js';
import { sql } from './sql.js';

export interface Standing {
  /** Absent: nothing of the chain is written, or all of it was taken back. */
  readonly head: RollContext['head'] | undefined;
  readonly progress: { readonly height: number | null; readonly time: Date; readonly methodDigest: string } | undefined;
  /** Indexes are put off until the first backfill is over: what needs them has to wait. */
  readonly isDeferred: boolean;
}

export async function readStanding(client: pg.ClientBase, networkId: string): Promise<Standing> {
  const { rows } = await client.query<StandingRow>(sql.readStanding, [networkId]);
  const [row] = rows;
  assert(row, `the network ${networkId} is stored, and its chain`);
  const { height, time, rolled_height, rolled_time, method_digest, deferred } = row;
  const head = height !== null && time ? { height, time, hour: toHour(time) } : undefined;
  const progress =
    rolled_time && method_digest !== null
      ? { height: rolled_height, time: rolled_time, methodDigest: method_digest }
      : undefined;
  return { head, progress, isDeferred: deferred };
}

interface StandingRow {
  readonly height: number | null;
  readonly time: Date | null;
  readonly rolled_height: number | null;
  readonly rolled_time: Date | null;
  readonly method_digest: string | null;
  readonly deferred: boolean;
}

/** Where the first fact or reading of a network lies; the head's hour where there is none. */
export async function findFirstHour(client: pg.ClientBase, networkId: string, headHour: number): Promise<number> {
  const { rows } = await client.query<{ hour: number | null }>(
    `select least(
       (select floor(extract(epoch from min(b.time)) / 3600) from block b where b.chain_id = n.chain_id),
       (select min(h.first_slot) / 60 from heartbeat_node h where h.network_id = n.id)
     )::integer as hour
     from network n where n.id = $1`,
    [networkId],
  );
  return Math.min(rows[0]?.hour ?? headHour, headHour);
}

/**
 * The last hour that anything is stored of, or later. It is where the last turn ended, but after a lot, which ends with a full
 * hour: rows of before may lie beyond it, up to a head that is gone by now.
 */
export async function findReach(client: pg.ClientBase, networkId: string, rolledTime: Date): Promise<number> {
  const rolled = toHour(rolledTime);
  if (rolledTime.getTime() % HOUR_MS !== 0) return rolled;
  const { rows } = await client.query<{ hour: number | null }>(
    `select greatest(
       (select h.hour from metric_hour h join metric_subject s using (subject_key) where s.network_id = $1
        order by h.hour desc limit 1),
       (select d.day * 24 from metric_day d join metric_subject s using (subject_key) where s.network_id = $1
        order by d.day desc limit 1)
     ) as hour`,
    [networkId],
  );
  return Math.max(rolled, rows[0]?.hour ?? rolled);
}

export function toHour(time: Date): number {
  return Math.floor(time.getTime() / HOUR_MS);
}

export const HOUR_MS = 3_600_000;
