import type { Database } from '../../database/createDatabase.js';
import type { ChildRow } from '../../database/perParent.js';
import { countBits, toLastSlot } from '../heartbeat/bits.js';
import type { Subject } from '../heartbeat/subjects.js';

export interface ReachRow {
  readonly probe: string;
  readonly targets: number;
  /** Those of which the last word is no older than `sinceSlot`, and those of them that were there by it. */
  readonly targetsKnown: number;
  readonly targetsReached: number;
  readonly asked: number;
  readonly known: number;
  readonly reached: number;
  /** Mean of reached / known of each hour of each target; null: nothing is known. */
  readonly share: number | null;
  /** UTC days of which anything is known. */
  readonly days: number;
  readonly lastReached: number | null;
  /** Of answers from `latencyHour` on. */
  readonly latencyCount: number;
  readonly latencySumUs: number;
  readonly latencyMaxUs: number | null;
}

export interface ReachQuestion {
  readonly kind: Subject['kind'];
  readonly ids: readonly string[];
  readonly fromHour: number;
  readonly latencyHour: number;
  readonly sinceSlot: number;
}

/**
 * How often subjects were there when they were asked, by probe; of a provider with its machines. Who said nothing while the
 * observer was cut off itself is unknown, and an hour in which that is not judged yet does not count. By the indexes of
 * reach_hour: 720 rows for 30 days of one target.
 */
export function listReach(
  database: Database,
  { kind, ids, fromHour, latencyHour, sinceSlot }: ReachQuestion,
): Promise<ChildRow<ReachRow>[]> {
  return database.query(
    `with hour as (
      select k.ordinal, r.probe, r.target, r.hour, sum(${countBits('r.asked')}) as asked,
        sum(${countBits('bits.known')}) as known, sum(${countBits('r.reached')}) as reached,
        max(${toLastSlot('r.hour', 'r.reached')}) filter (where r.reached <> 0) as last_reached,
        max(${toLastSlot('r.hour', 'bits.known')}) filter (where bits.known <> 0) as last_known,
        sum(latency.count) as latency_count, sum(latency.sum) as latency_sum, max(latency.max) as latency_max
      from unnest($1::text[]) with ordinality as k (id, ordinal)
      join reach_hour r on r.${kind}_id = k.id and r.hour >= $2
      join reach_blind b on b.observer = r.observer and b.hour = r.hour
      cross join lateral (select r.asked & (~b.blind | r.answered) as known) as bits
      left join lateral (
        select count(us) as count, sum(us) as sum, max(us) as max from unnest(r.latency_us) as us where r.hour >= $3
      ) as latency on true
      group by k.ordinal, r.probe, r.target, r.hour
    ), target as (
      select h.ordinal, h.probe, h.target, sum(h.asked) as asked, sum(h.known) as known, sum(h.reached) as reached,
        -- An hour is an hour, however often it was asked in it: the silent are asked less often.
        sum(h.reached::float8 / nullif(h.known, 0)::float8) as share, count(*) filter (where h.known > 0) as hours,
        count(distinct h.hour / 24) filter (where h.known > 0) as days,
        max(h.last_reached) as last_reached, max(h.last_known) as last_known,
        sum(h.latency_count) as latency_count, sum(h.latency_sum) as latency_sum, max(h.latency_max) as latency_max
      from hour h group by h.ordinal, h.probe, h.target
    )
    select t.ordinal, t.probe, count(*) as targets, count(*) filter (where t.last_known >= $4) as "targetsKnown",
      count(*) filter (where t.last_known >= $4 and t.last_reached = t.last_known) as "targetsReached",
      sum(t.asked)::int8 as asked, sum(t.known)::int8 as known, sum(t.reached)::int8 as reached,
      sum(t.share) / nullif(sum(t.hours), 0)::float8 as share,
      coalesce(max(t.days), 0) as days, max(t.last_reached) as "lastReached",
      coalesce(sum(t.latency_count), 0)::int8 as "latencyCount", coalesce(sum(t.latency_sum), 0)::int8 as "latencySumUs",
      max(t.latency_max) as "latencyMaxUs"
    from target t group by t.ordinal, t.probe order by t.ordinal, t.probe`,
    [ids, fromHour, latencyHour, sinceSlot],
  );
}
