import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import type { Draft, NetworkDraft } from './createDraft.js';
import type { Subjects } from './encodeEvent.js';
import type { Place } from './Place.js';

/** Where an event stands, and whom its log speaks of. */
export interface EventContext {
  readonly draft: Draft;
  readonly of: NetworkDraft;
  readonly place: Place;
  readonly logIndex: number;
  readonly part: number;
  readonly subjects: Subjects;
}

export type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;
