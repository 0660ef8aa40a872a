import { SLOT_MS, SLOTS_PER_HOUR } from '../../../schema/heartbeat/slots.js';
import type { HourRow } from './hourQueries.js';
import { toCounted } from './toDays.js';
import type { UptimeHour } from './UptimeHour.js';

export function toHours(rows: readonly HourRow[]): UptimeHour[] {
  return rows.map((row) => ({
    ...toCounted(row),
    from: new Date(row.hour * SLOTS_PER_HOUR * SLOT_MS),
    nodes: row.nodes,
    minutes: toMinuteLetters(row),
  }));
}

type Bits = Pick<HourRow, 'upBits' | 'downBits' | 'announcedBits' | 'dueBits'>;

/** What one minute of all nodes together is called: down comes before maintenance, and that before up. */
export function toMinuteLetters(bits: Bits): string {
  const [up, down, announced, due] = [bits.upBits, bits.downBits, bits.announcedBits, bits.dueBits].map(BigInt);
  const has = (of: bigint | undefined, minute: number) => ((of ?? 0n) >> BigInt(minute)) & 1n;
  return Array.from({ length: SLOTS_PER_HOUR }, (_, minute) => {
    if (has(down, minute)) return has(up, minute) ? 's' : 'd';
    if (has(announced, minute)) return 'm';
    if (has(up, minute)) return 'u';
    return has(due, minute) ? '?' : '-';
  }).join('');
}
