import type pg from 'pg';
import type { Manifest, NetworkDefinition } from '../../../schema/protocols/Manifest.js';

/** One network in one turn of the roller, in one repeatable-read transaction: facts, marks and readings of one moment. */
export interface RollContext {
  readonly client: pg.ClientBase;
  readonly network: NetworkDefinition;
  readonly manifest: Manifest;
  /** The last block that is read of its chain. Its hour is open. */
  readonly head: { readonly height: number; readonly time: Date; readonly hour: number };
  /** Whole hours of unix time that are to be rolled, ascending, each once; none after the open one. */
  readonly hours: readonly number[];
  /** Everything of the network is made from nothing: its derived tables are empty. */
  readonly isRebuild: boolean;
  readonly signal?: AbortSignal;
}

/** Returns further hours that it found to be in need, such as those of a task whose outcome changed in hindsight. */
export type RollStep = (context: RollContext) => Promise<readonly number[]>;
