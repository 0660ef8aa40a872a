import { flagReasons } from '../../../schema/heartbeat/flagReasons.js';
import { SLOT_MS, SLOTS_PER_HOUR, slotStartMs } from '../../../schema/heartbeat/slots.js';
import type { BeatFlag } from './BeatFlag.js';
import type { FlagRow } from './flagQueries.js';
import type { Reliability } from './Reliability.js';
import type { ReliabilityRow } from './reliabilityQueries.js';
import { toDaysKnown } from './slotCounts.js';
import type { Subject } from './subjects.js';
import { toCounted } from './toDays.js';
import { toSpan, type WindowName } from './windows.js';

export interface SubjectWindow extends Subject {
  readonly window: WindowName;
}

/** What fields of their own need to know besides. */
export type ReliabilityAnswer = Reliability & { readonly subject: Subject; readonly window: WindowName };

/** Null for who never opened a session: there is no evidence at all. */
export function toReliability(
  { window, ...subject }: SubjectWindow,
  row: ReliabilityRow | undefined,
  now: Date,
): ReliabilityAnswer | null {
  if (!row) return null;
  const { fromHour, toHour, days } = toSpan(window, now);
  return {
    ...{ subject, window },
    ...toCounted(row),
    ...{ from: toTime(fromHour), to: toTime(toHour), nodes: row.nodes },
    ...{ days: toDaysKnown(row.longestKnown, days), ofDays: days },
  };
}

export function toFlags(rows: readonly FlagRow[]): BeatFlag[] {
  return rows.map(({ reason, fromSlot, toSlot, slots }) => ({
    ...{ reason, text: flagReasons[reason], slots },
    from: new Date(slotStartMs(fromSlot)),
    to: new Date(slotStartMs(toSlot + 1)),
  }));
}

export function toTime(hour: number): Date {
  return new Date(hour * SLOTS_PER_HOUR * SLOT_MS);
}
