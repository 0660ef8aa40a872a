import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';

export type Meaning = (decoded: DecodedLog, reads: ReadResults) => readonly CanonicalEvent[];

/** By event name. */
export type Meanings = Readonly<Record<string, Meaning>>;
