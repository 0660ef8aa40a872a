/** SQL about bitmaps of an hour (schema/heartbeat/slots.ts): bit 0 is its first minute. */

export function countBits(bits: string): string {
  return `bit_count((${bits})::bit(64))`;
}

/** The first slot of a bitmap that is not empty. */
export function toFirstSlot(hour: string, bits: string): string {
  return `${hour} * 60 + position('1' in reverse((${bits})::bit(64)::text)) - 1`;
}

/** The last slot of a bitmap that is not empty. */
export function toLastSlot(hour: string, bits: string): string {
  return `${hour} * 60 + 64 - position('1' in (${bits})::bit(64)::text)`;
}
