import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { Arguments, DecodedLog } from '../../events/logs.js';

/** A log among those of its transaction, with what the chain answered about it. */
export interface LogContext {
  readonly decoded: DecodedLog;
  readonly args: Arguments;
  readonly transaction: readonly DecodedLog[];
  readonly reads: ReadResults;
}

export type Meaning = (context: LogContext) => readonly CanonicalEvent[];

/** By event name. */
export type Meanings = Readonly<Record<string, Meaning>>;
