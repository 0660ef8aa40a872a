import type pg from 'pg';
import type { Manifest, NetworkDefinition } from '../../../schema/protocols/Manifest.js';

/** One network in one turn of the roller, in one repeatable-read transaction: facts, marks and readings of one moment. */
export interface RollContext {
  readonly client: pg.ClientBase;
  readonly network: NetworkDefinition;
  readonly manifest: Manifest;
  /**
   * The last block that is read of its chain. Its hour is open. What is stored as of later than this block is of blocks that
   * were taken back, and is to go; tables of hours and days have been cut already.
   */
  readonly head: { readonly height: number; readonly time: Date; readonly hour: number };
  /**
   * Whole hours of unix time that are to be rolled, ascending, each once; none after the open one. What carries on is made anew
   * from the first of them up to the last, and not beyond: where the last is not the open hour, every later one comes with a
   * later turn, and what tells of the present can wait for that.
   */
  readonly hours: readonly number[];
  /** Everything of the network is made from nothing, in this one turn: its derived tables are empty. */
  readonly isRebuild: boolean;
  readonly signal?: AbortSignal;
}

/** Returns further hours that it found to be in need, such as those of a task whose outcome changed in hindsight. */
export type RollStep = (context: RollContext) => Promise<readonly number[] | FoundHours>;

export function toFound(found: readonly number[] | FoundHours): FoundHours {
  return 'hours' in found ? found : { hours: found };
}

export interface FoundHours {
  readonly hours: readonly number[];
  /** From this hour on providers count for another operator: families that read `operators` are made anew from there. */
  readonly operatorsSince?: number;
}
