import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';

export type Meaning = (decoded: DecodedLog, reads: ReadResults) => readonly CanonicalEvent[];

/** By event name. */
export type Meanings = Readonly<Record<string, Meaning>>;

/** Addresses out of tuples bear a checksum. */
export function toAddress(value: unknown): string {
  return String(value).toLowerCase();
}

/** Where a log names nobody. */
export const NOBODY = `0x${'0'.repeat(40)}`;
