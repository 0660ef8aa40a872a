import type { NetworkDefinition } from '../../../schema/protocols/Manifest.js';

/** What of a network counts: facts up to a block, readings before an hour. */
export interface Scope {
  readonly network: NetworkDefinition;
  /** The last block that counts. */
  readonly height: number;
  /** The first hour of unix time whose readings do not count. */
  readonly beforeHour: number;
}
