import { GRACE_MS, MAX_AGE_MS, MAX_FUTURE_MS, SLOT_MS, slotStartMs, toSlot } from './slots.js';

/** Times in unix ms. */
export interface BeatTimes {
  readonly slot: number;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Slots count that lie wholly after it; left out, all of them. */
  readonly registeredAt?: number;
}

export type TimeVerdict = 'ACCEPTED' | 'LATE' | 'FUTURE' | 'STALE' | 'SLOT_MISMATCH' | 'INELIGIBLE';

/**
 * What becomes of a beat by its times alone, in the order of docs/heartbeat.md. A function of one beat: what came before it,
 * or comes after, changes nothing.
 */
export function judgeBeat({ slot, sentAt, receivedAt, registeredAt }: BeatTimes): TimeVerdict {
  if (toSlot(sentAt) !== slot) return 'SLOT_MISMATCH';
  if (registeredAt !== undefined && slotStartMs(slot) < registeredAt) return 'INELIGIBLE';
  if (sentAt - receivedAt > MAX_FUTURE_MS) return 'FUTURE';
  if (receivedAt - sentAt > MAX_AGE_MS) return 'STALE';
  if (receivedAt >= slotStartMs(slot) + SLOT_MS + GRACE_MS) return 'LATE';
  return 'ACCEPTED';
}
