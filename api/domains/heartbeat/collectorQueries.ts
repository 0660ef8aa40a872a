import { MIN_ALIVE } from '../../../schema/heartbeat/healthySlots.js';
import type { Database } from '../../database/createDatabase.js';
import { countBits } from './bits.js';

export interface ObserverRow {
  readonly observer: number;
  readonly name: string;
  readonly networkGroup: string;
  /** The first and the last slot in which it was alive at all; null: it never was. */
  readonly firstSlot: number | null;
  readonly lastSlot: number | null;
}

export function listObservers(database: Database): Promise<ObserverRow[]> {
  return database.query(`
    select o.observer, o.name, o.network_group as "networkGroup", ends.first_slot as "firstSlot",
      ends.last_slot as "lastSlot"
    from observer o
    cross join lateral (
      select min(s.slot) as first_slot, max(s.slot) as last_slot from observer_slot s where s.observer = o.observer
    ) as ends
    order by o.name
  `);
}

/** Slots in a row, both within it. */
export interface Run {
  readonly fromSlot: number;
  readonly toSlot: number;
}

/** When each observer was not alive between two slots, from its own first one on; oldest first. */
export function listDownRuns(
  database: Database,
  { fromSlot, toSlot }: Run,
): Promise<(Run & { readonly observer: number })[]> {
  return database.query(
    `with down as (
      select o.observer, minute.slot,
        minute.slot - row_number() over (partition by o.observer order by minute.slot) as run
      from observer o
      cross join lateral (select min(s.slot) as slot from observer_slot s where s.observer = o.observer) as first
      cross join lateral generate_series(greatest(first.slot, $1::int), $2::int) as minute (slot)
      left join observer_slot s on s.observer = o.observer and s.slot = minute.slot
        and s.slot between $1 and $2
      where first.slot is not null and (s.slot is null or ${countBits('s.alive')} < ${MIN_ALIVE})
    )
    select observer, min(slot) as "fromSlot", max(slot) as "toSlot" from down group by observer, run order by 1, 2`,
    [fromSlot, toSlot],
  );
}

/** How many minutes back beats are counted. */
export const BEAT_MINUTES = 5;

export interface BeatCount {
  readonly observer: number;
  readonly slot: number;
  readonly beats: number;
}

/**
 * How many nodes each observer heard in each of a few slots, late beats too; none where it heard nobody. node_hour_open holds
 * two or three hours: it is small, and read whole.
 */
export function listBeatCounts(database: Database, { fromSlot, toSlot }: Run): Promise<BeatCount[]> {
  return database.query(
    `select h.observer, slot, count(*) as beats
    from node_hour_open h cross join generate_series($1::int, $2::int) as slot
    where h.hour = slot / 60 and ((h.up | h.late) >> (slot % 60)) & 1 = 1
    group by h.observer, slot`,
    [fromSlot, toSlot],
  );
}
