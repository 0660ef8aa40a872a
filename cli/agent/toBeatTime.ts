import { SLOT_MS, slotStartMs, toSlot } from '../../schema/heartbeat/slots.js';

/** By then the last beat of a slot is on its way: one more second would make it one of the next. */
const LATEST_MS = 57_000;

/**
 * When to beat next, in unix ms: at the offset into the slot, which the gateway gave, and up to a second later by chance. A
 * slot that has no beat yet gets one at once when its time is past, so that a short restart loses none.
 */
export function toBeatTime(now: {
  readonly wallMs: number;
  readonly offsetMs: number;
  /** The newest slot that has a beat. */
  readonly lastSlot: number | undefined;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}): number {
  const { wallMs, offsetMs, lastSlot, random } = now;
  const slot = toSlot(wallMs);
  const into = Math.min(Math.max(0, offsetMs), LATEST_MS - 1_000) + random * 1_000;
  const at = slotStartMs(slot) + into;
  if (slot === lastSlot || wallMs > slotStartMs(slot) + LATEST_MS) return at + SLOT_MS;
  return Math.max(at, wallMs);
}
