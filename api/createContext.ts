import type { ScoreExplainer } from '../schema/metrics/ScoreExplainer.js';
import type { AsOf } from './database/asOf/AsOf.js';
import { openPast } from './database/asOf/openPast.js';
import type { SnapshotDatabase } from './database/createDatabase.js';
import type { Snapshot } from './database/openSnapshot.js';
import type { Visit } from './limits/createGate.js';
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
  /** The moment that is looked back from: in the past, that of the point. */
  readonly now: Date;
  /** The snapshot as it stands, and the moment of the request: what the server says of itself is never of the past. */
  readonly present: { readonly database: Snapshot; readonly now: Date };
  /** The point in the past that all of the operation is of; null: it is of now. */
  readonly asOf: AsOf | null;
  /** Who asks, and what they pay; absent: the process asks itself. */
  readonly visit?: Visit | undefined;
}

/** Of the newest snapshot, unless one is given. */
export function createContext(
  surroundings: Surroundings,
  {
    visit,
    database = surroundings.database.open(),
  }: { readonly visit?: Visit | undefined; readonly database?: Snapshot } = {},
): Context {
  const now = new Date();
  let loaders: Loaders | undefined;
  return {
    ...surroundings,
    database,
    // Some fifty of them: whoever asks for no relation has none made.
    get loaders() {
      loaders ??= createLoaders(database, now);
      return loaders;
    },
    set loaders(given) {
      loaders = given;
    },
    now,
    present: { database, now },
    asOf: null,
    visit,
  };
}

/** Before anything was asked: from here on every statement and loader answers as of the point. */
export function goTo(context: Context, asOf: AsOf): void {
  const database = openPast(context.database, asOf);
  Object.assign(context, { database, loaders: createLoaders(database, asOf.time), now: asOf.time, asOf });
}
