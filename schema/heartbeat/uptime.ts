/** Counts of slots, over any time: hours add up to days, days to months. */
export interface SlotCounts {
  readonly up: number;
  /** Slots of which there is a verdict. */
  readonly known: number;
  /** Slots of the node's life. */
  readonly expected: number;
  /** Known slots in announced maintenance, and those of them that were up. */
  readonly maintenance: number;
  readonly maintenanceUp: number;
}

/** From 0 to 1; null: there is no evidence. */
export interface Uptime {
  readonly uptimeRaw: number | null;
  /** Without announced maintenance. */
  readonly uptimeSla: number | null;
  /** How much of what was expected is known. */
  readonly coverage: number | null;
}

export function toUptime({ up, known, expected, maintenance, maintenanceUp }: SlotCounts): Uptime {
  return {
    uptimeRaw: divide(up, known),
    uptimeSla: divide(up - maintenanceUp, known - maintenance),
    coverage: divide(known, expected),
  };
}

export function addCounts(one: SlotCounts, other: SlotCounts): SlotCounts {
  return {
    up: one.up + other.up,
    known: one.known + other.known,
    expected: one.expected + other.expected,
    maintenance: one.maintenance + other.maintenance,
    maintenanceUp: one.maintenanceUp + other.maintenanceUp,
  };
}

export const noSlots: SlotCounts = { up: 0, known: 0, expected: 0, maintenance: 0, maintenanceUp: 0 };

/** Null where there is nothing to divide by: no evidence is neither good nor bad. */
export function divide(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
