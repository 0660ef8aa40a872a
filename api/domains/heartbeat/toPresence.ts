import type { SlotVerdict } from '../../../schema/heartbeat/judgeSlots.js';
import { toPresence as foldPresence } from '../../../schema/heartbeat/presence.js';
import { GRACE_MS, SLOTS_PER_HOUR, toHour, toSlot } from '../../../schema/heartbeat/slots.js';
import type { PresenceRow } from './presenceQueries.js';

/** So many slots must have been known of late, or nothing is said: after a longer outage of ours nobody is called silent. */
const MIN_RECENT = 3;
const RECENT_SLOTS = 10;

/** The last slot that is over, its grace included: what has not come by now is missing. */
export function toClosedSlot(now: Date): number {
  return toSlot(now.getTime() - GRACE_MS) - 1;
}

/** The first slot that presence looks back to: that of the hour before. */
export function toFirstPresenceSlot(now: Date): number {
  return (toHour(toSlot(now.getTime())) - 1) * SLOTS_PER_HOUR;
}

/**
 * Whether a node is there: silent after three misses, there again after two beats in a row, so that one lost beat changes
 * nothing. Null: too little was known of late, or it has never been heard.
 */
export function toPresence(
  { lastSlot, upNow, upBefore }: Pick<PresenceRow, 'lastSlot' | 'upNow' | 'upBefore'>,
  { now, seenSlots }: { readonly now: Date; readonly seenSlots: readonly number[] },
): boolean | null {
  if (lastSlot === null) return null;
  // One bitmap of both hours, whose bit 0 is the first slot of the hour before.
  const bits = (BigInt(upNow) << BigInt(SLOTS_PER_HOUR)) | BigInt(upBefore);
  const first = toFirstPresenceSlot(now);
  const closed = toClosedSlot(now);
  const seen = new Set(seenSlots);
  const verdicts = Array.from({ length: toSlot(now.getTime()) + 1 - first }, (_, index): SlotVerdict => {
    // A beat is a beat, whatever else was seen of its minute.
    if ((bits >> BigInt(index)) & 1n) return 'UP';
    return first + index <= closed && seen.has(first + index) ? 'DOWN' : 'UNKNOWN';
  });
  const recent = verdicts.slice(closed + 1 - RECENT_SLOTS - first).filter((verdict) => verdict !== 'UNKNOWN');
  if (recent.length < MIN_RECENT && !recent.includes('UP')) return null;
  return foldPresence(verdicts) === 'UP';
}
