/**
 * Time as heartbeats count it (docs/heartbeat.md): slot k is `[60 k, 60 k + 60)` in unix seconds, hour h the sixty slots
 * from 60 h on. Whole numbers of UTC, so that no time zone, leap second or summer time moves one.
 */
export const SLOT_SECONDS = 60;
export const SLOT_MS = SLOT_SECONDS * 1_000;
export const SLOTS_PER_HOUR = 60;
export const SLOTS_PER_DAY = 1_440;
export const HOURS_PER_DAY = 24;

/** After the end of its slot a beat has so long to arrive; later it is LATE: stored, counted, never up. */
export const GRACE_MS = 30_000;
/** How far a sender's clock may be ahead of ours. */
export const MAX_FUTURE_MS = 5_000;
/** How old a beat may be when it arrives. */
export const MAX_AGE_MS = 120_000;

export function toSlot(timeMs: number): number {
  return Math.floor(timeMs / SLOT_MS);
}

export function toHour(slot: number): number {
  return Math.floor(slot / SLOTS_PER_HOUR);
}

export function toDay(hour: number): number {
  return Math.floor(hour / HOURS_PER_DAY);
}

export function slotStartMs(slot: number): number {
  return slot * SLOT_MS;
}

/** The bit of a slot in the bitmap of its hour: bit 0 is the hour's first minute. */
export function toBit(slot: number): bigint {
  return 1n << BigInt(slot % SLOTS_PER_HOUR);
}

/** All sixty slots of an hour. */
export const FULL_HOUR = (1n << BigInt(SLOTS_PER_HOUR)) - 1n;

export function countBits(bits: bigint): number {
  let count = 0;
  for (let rest = bits; rest > 0n; rest &= rest - 1n) count += 1;
  return count;
}
