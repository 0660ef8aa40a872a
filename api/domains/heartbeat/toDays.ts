import { SLOT_MS, SLOTS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import { type SlotCounts, toRatios } from './slotCounts.js';
import type { UptimeDay } from './UptimeDay.js';
import type { DayRow } from './uptimeQueries.js';

/** Every day from the first row's to today; one of which there is no row had no beat due, or is not rolled up yet. */
export function toDays(rows: readonly DayRow[], today: number): UptimeDay[] {
  const [first] = rows;
  if (!first) return [];
  const byDay = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: today - first.day + 1 }, (_, index) => {
    const day = first.day + index;
    const row = byDay.get(day) ?? { ...empty, day };
    return { ...toCounted(row), date: toDate(day), nodes: row.nodes, inProgress: day === today };
  });
}

/** Counts as the API gives them, with their ratios. */
export function toCounted({ up, known, expected, maintenance, maintenanceUp }: SlotCounts) {
  const counts = { up, known, expected, maintenance, maintenanceUp };
  return {
    ...toRatios(counts),
    ...{ up: String(up), known: String(known), expected: String(expected) },
    ...{ maintenance: String(maintenance), maintenanceUp: String(maintenanceUp) },
  };
}

const empty = { up: 0, known: 0, expected: 0, maintenance: 0, maintenanceUp: 0, nodes: 0 } as const;

function toDate(day: number): string {
  return new Date(day * SLOTS_PER_DAY * SLOT_MS).toISOString().slice(0, 10);
}
