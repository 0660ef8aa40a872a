import type { Hex } from '../../schema/lib/hex.js';

/** An id or address as the canonical vocabulary has it: decoded arguments may bear a checksum. */
export function hex(value: unknown): Hex {
  return String(value).toLowerCase() as Hex;
}

/** Where a log names nobody. */
export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000';

/** Of Unix seconds; undefined for a time that no calendar holds. */
export function toDate(seconds: bigint): Date | undefined {
  return seconds <= LAST_SECOND ? new Date(Number(seconds) * 1000) : undefined;
}

/** Unix seconds. */
export const LAST_SECOND = BigInt(Date.UTC(9999, 11, 31) / 1000);
