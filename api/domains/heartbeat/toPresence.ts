import { GRACE_MS, SLOTS_PER_HOUR, toHour, toSlot } from '../../../schema/heartbeat/slots.js';
import type { PresenceRow } from './presenceQueries.js';

/** docs/heartbeat.md: in fewer seconds of a slot an observer was not there for it. */
export const MIN_ALIVE_SECONDS = 50;

/** So many known slots without a beat make a node silent. */
const MISSES = 3;
/** How far back known slots are looked for: after a longer outage of ours nothing is said until three slots are known again. */
export const RECENT_SLOTS = 10;

/** The last slot that is over, its grace included: what has not come by now is missing. */
export function toClosedSlot(now: Date): number {
  return toSlot(now.getTime() - GRACE_MS) - 1;
}

/**
 * Whether a node is there: up in one of the last three slots that are known, or in a later one. Null: too little was
 * known of late, or it has never been heard.
 */
export function toPresence(
  { lastSlot, upNow, upBefore }: Pick<PresenceRow, 'lastSlot' | 'upNow' | 'upBefore'>,
  { now, aliveSlots }: { readonly now: Date; readonly aliveSlots: readonly number[] },
): boolean | null {
  if (lastSlot === null) return null;
  const hour = toHour(toSlot(now.getTime()));
  // One bitmap of both hours, whose bit 0 is the first slot of the hour before.
  const bits = (BigInt(upNow) << BigInt(SLOTS_PER_HOUR)) | BigInt(upBefore);
  const isUp = (slot: number) => ((bits >> BigInt(slot - (hour - 1) * SLOTS_PER_HOUR)) & 1n) === 1n;
  const closed = toClosedSlot(now);
  const known = aliveSlots
    .filter((slot) => slot <= closed && slot > closed - RECENT_SLOTS)
    .toSorted((one, other) => other - one)
    .slice(0, MISSES);
  // A beat is a beat, whatever else was seen of its minute.
  const first = closed + 1 - MISSES;
  const latest = Array.from({ length: toSlot(now.getTime()) + 1 - first }, (_, index) => first + index);
  if ([...latest, ...known].some(isUp)) return true;
  return known.length < MISSES ? null : false;
}
