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
  return new RequestContext({ ...surroundings, database, now, present: { database, now }, asOf: null, visit });
}

/** Before anything was asked: from here on every statement and loader answers as of the point. */
export function goTo(context: Context, asOf: AsOf): void {
  Object.assign(context, { database: openPast(context.database, asOf), now: asOf.time, asOf, made: undefined });
}

/**
 * Some fifty loaders: whoever asks for no relation has none made. They stand at the prototype, for Apollo copies what a context itself
 * has, and would have them made for each request.
 */
class RequestContext implements Context {
  declare readonly database: Snapshot;
  declare readonly now: Date;
  declare readonly present: Context['present'];
  declare readonly asOf: AsOf | null;
  declare readonly visit: Visit | undefined;
  declare readonly staleAfterSeconds: number;
  declare readonly version: string;
  declare readonly explainScore?: ScoreExplainer | undefined;
  private made: Loaders | undefined;

  constructor(parts: Omit<Context, 'loaders'>) {
    Object.assign(this, parts);
  }

  get loaders(): Loaders {
    this.made ??= createLoaders(this.database, { now: this.now, isPast: this.asOf !== null });
    return this.made;
  }
}
