import { SLOTS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import { divide, toUptime, type Uptime } from '../../../schema/heartbeat/uptime.js';

/** Slots of one or many nodes over some time. Counts arrive as Postgres sums them: numbers, or text where they may grow. */
export interface SlotCounts {
  readonly up: Count;
  readonly known: Count;
  readonly expected: Count;
  /** Known slots of announced maintenance, and those of them that were up. */
  readonly maintenance: Count;
  readonly maintenanceUp: Count;
}

export type Count = number | string;

/** docs/heartbeat.md; null where there is nothing to divide by. */
export function toRatios({ up, known, expected, maintenance, maintenanceUp }: SlotCounts): Uptime {
  return toUptime({
    ...{ up: Number(up), known: Number(known), expected: Number(expected) },
    ...{ maintenance: Number(maintenance), maintenanceUp: Number(maintenanceUp) },
  });
}

/** Days that known slots of one node make, begun ones counted: the 3 of "3 of 30 days". */
export function toDaysKnown(known: Count, ofDays: number): number {
  return Math.min(ofDays, Math.ceil(Number(known) / SLOTS_PER_DAY));
}

/** Rounded to a whole number; null without any sample. */
export function toMean(sum: Count, count: Count): number | null {
  const mean = divide(Number(sum), Number(count));
  return mean === null ? null : Math.round(mean);
}
