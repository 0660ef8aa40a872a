import type pg from 'pg';
import { SLOTS_PER_HOUR, toBit, toHour, toSlot } from '../../../schema/heartbeat/slots.js';
import type { TargetKey } from './readingStore.js';

/** How one question whether somebody is there went. */
export interface Reach {
  /** When it was asked. */
  readonly at: Date;
  /** Whether anything came back. */
  readonly isAnswered: boolean;
  /** Null: it was not reached. */
  readonly latencyUs: number | null;
}

export interface ReachedTarget extends TargetKey {
  readonly host: string;
  readonly providerId: string | null;
  readonly nodeId: string | null;
}

/**
 * Adds what one question came to. Bitmaps are joined by OR and each minute keeps its longest answer, so neither order nor
 * repeats matter; sums are for the reader to make.
 */
export async function writeReach(client: pg.ClientBase, target: ReachedTarget, reach: Reach): Promise<void> {
  const slot = toSlot(reach.at.getTime());
  const { networkId, probe, observer, host, providerId, nodeId } = target;
  const bit = String(toBit(slot));
  const latencies: (number | null)[] = Array.from({ length: SLOTS_PER_HOUR }, () => null);
  latencies[slot % SLOTS_PER_HOUR] = reach.latencyUs;
  await client.query(upsert, [
    ...[networkId, probe, target.target, observer, toHour(slot), host, providerId, nodeId, bit],
    ...[reach.isAnswered ? bit : '0', reach.latencyUs === null ? '0' : bit, latencies],
  ]);
}

const upsert = `
  insert into reach_hour as r (network_id, probe, target, observer, hour, host, provider_id, node_id, asked, answered,
    reached, latency_us)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (network_id, probe, target, observer, hour) do update set
    host = greatest(r.host, excluded.host),
    provider_id = greatest(r.provider_id, excluded.provider_id),
    node_id = greatest(r.node_id, excluded.node_id),
    asked = r.asked | excluded.asked,
    answered = r.answered | excluded.answered,
    reached = r.reached | excluded.reached,
    latency_us = (
      select array_agg(greatest(known, given) order by at)
      from unnest(r.latency_us, excluded.latency_us) with ordinality as both_of (known, given, at))
`;

/** Forgets what is from before a day. */
export async function pruneReach(pool: pg.Pool, before: Date): Promise<number> {
  const hour = toHour(toSlot(before.getTime()));
  const { rowCount } = await pool.query('delete from reach_hour where hour < $1', [hour]);
  await pool.query('delete from reach_blind where hour < $1', [hour]);
  return rowCount ?? 0;
}
