import type pg from 'pg';
import { toSlot } from '../../../schema/heartbeat/slots.js';

/**
 * Forgets batches whose resend would be refused for its age. The last counter of each delegation stays, by which a gateway
 * knows where it stands. Returns how many went.
 */
export async function pruneBatches(pool: pg.Pool, now: Date, keepMs = KEEP_BATCHES_MS): Promise<number> {
  const before = toSlot(now.getTime() - keepMs);
  const { rowCount } = await pool.query(pruneSql, [before]);
  return rowCount ?? 0;
}

export const pruneSql = `
  delete from beat_batch old where last_slot < $1 and exists (
    select from beat_batch later where later.delegation_key = old.delegation_key and later.counter > old.counter)
`;

/** Several times as long as a beat may travel. */
export const KEEP_BATCHES_MS = 600_000;
/** Where a stream may hold on to one while writers are away. */
export const KEEP_STREAMED_MS = 86_400_000;
