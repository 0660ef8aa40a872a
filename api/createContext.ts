import type { ScoreExplainer } from '../schema/metrics/ScoreExplainer.js';
import type { SnapshotDatabase } from './database/createDatabase.js';
import type { Snapshot } from './database/openSnapshot.js';
import { createLoaders, type Loaders } from './loaders/createLoaders.js';

/** What every request shares. */
export interface Surroundings {
  readonly database: SnapshotDatabase;
  /** A source that has been silent for longer makes its chain stale. */
  readonly staleAfterSeconds: number;
  readonly version: string;
  /** Absent: this server explains no scores. */
  readonly explainScore?: ScoreExplainer | undefined;
}

/** What resolvers get: loaders that live as long as the request, and one snapshot and one present for all of it. */
export interface Context extends Omit<Surroundings, 'database'> {
  readonly database: Snapshot;
  readonly loaders: Loaders;
  readonly now: Date;
}

export function createContext(surroundings: Surroundings): Context {
  const now = new Date();
  const database = surroundings.database.open();
  return { ...surroundings, database, loaders: createLoaders(database, now), now };
}
