import type { Database } from '../../database/createDatabase.js';
import { toLastSlot } from './bits.js';
import { type Subject, subjects } from './subjects.js';

/** One node of a subject. */
export interface PresenceRow {
  readonly ordinal: number;
  /** Of its last beat, in time or late; null: none has come. */
  readonly lastSlot: number | null;
  /** Bitmaps of the hour that runs and of the one before, in decimal: which slots were up, by any observer. */
  readonly upNow: string;
  readonly upBefore: string;
}

interface Wanted {
  readonly kind: Subject['kind'];
  readonly ids: readonly string[];
  /** That runs. */
  readonly hour: number;
}

/** What is heard of subjects' nodes now, by the keys of node_hour_open and node_hour. */
export function listPresence(database: Database, { kind, ids, hour }: Wanted): Promise<PresenceRow[]> {
  return database.query(`select ordinal, "lastSlot", "upNow", "upBefore" from (${toSql(kind)}) as presence`, [
    ids,
    hour,
  ]);
}

/** Nodes of which the same was heard: of thousands most have sent the same minutes. */
export interface AlikePresence extends Pick<PresenceRow, 'upNow' | 'upBefore'> {
  /** As in `PresenceRow`, of one of them. */
  readonly lastSlot: number | null;
  readonly ordinals: readonly number[];
}

/** The same, a row for all that are alike. */
export function listAlikePresence(database: Database, { kind, ids, hour }: Wanted): Promise<AlikePresence[]> {
  return database.query(
    `select max("lastSlot") as "lastSlot", "upNow", "upBefore", json_agg(ordinal) as ordinals
     from (${toSql(kind)}) as presence
     group by "lastSlot" is null, "upNow", "upBefore"`,
    [ids, hour],
  );
}

function toSql(kind: Subject['kind']): string {
  return `
    with subject as (${subjects[kind]}),
    recent as (
      select s.ordinal, s.node_key, max(${toLastSlot('o.hour', 'o.up | o.late')}) filter (where o.up | o.late <> 0) as last_slot,
        bit_or(o.up) filter (where o.hour = $2) as up_now, bit_or(o.up) filter (where o.hour = $2 - 1) as up_before
      from subject s left join node_hour_open o on o.node_key = s.node_key
      group by s.ordinal, s.node_key
    )
    select r.ordinal, greatest(r.last_slot, older.last_slot) as "lastSlot",
      coalesce(r.up_now, 0)::text as "upNow", coalesce(r.up_before, 0)::text as "upBefore"
    from recent r
    cross join lateral (
      select max(${toLastSlot('last.hour', 'last.bits')}) as last_slot
      from (
        -- As many rows as an hour has observers, or a few hours of one. Who has beaten in the hour that runs beat last in it.
        select h.hour, h.up | h.late as bits from node_hour h
        where coalesce(r.last_slot, 0) < $2 * 60 and h.node_key = r.node_key and h.up | h.late <> 0 order by h.hour desc limit 4
      ) as last
    ) as older`;
}
