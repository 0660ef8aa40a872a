import { SLOTS_PER_DAY } from '../../../schema/heartbeat/slots.js';

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

export interface Ratios {
  readonly uptimeRaw: number | null;
  readonly uptimeSla: number | null;
  readonly coverage: number | null;
}

/** docs/heartbeat.md; null where there is nothing to divide by, for no evidence is neither good nor bad. */
export function toRatios({ up, known, expected, maintenance, maintenanceUp }: SlotCounts): Ratios {
  return {
    uptimeRaw: divide(Number(up), Number(known)),
    uptimeSla: divide(Number(up) - Number(maintenanceUp), Number(known) - Number(maintenance)),
    coverage: divide(Number(known), Number(expected)),
  };
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

/** Null where there is nothing to divide by. */
export function divide(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
