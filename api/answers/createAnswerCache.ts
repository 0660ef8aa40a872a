import type { Generation } from '../database/createGenerations.js';
import { createSightings } from './createSightings.js';

/** An answer as it went out. */
export interface Answer {
  readonly contentType: string;
  readonly body: string;
}

export interface AnswerCache {
  /** What was answered to the same request, of the snapshot that is current. */
  find(request: string): Answer | undefined;
  /** Keeps an answer for as long as the snapshot that it is of is current. */
  keep(request: string, answer: Answer, snapshot: Generation): void;
}

/**
 * Answers of one snapshot, the current one: what the same snapshot is asked again is answered by the same bytes. `getCurrent`
 * gives none where none is shared. Kept is what was asked before, of this snapshot or of one lately: most questions come once, and to
 * hold their answers for a second costs the collector of garbage more than any of them is worth.
 */
export function createAnswerCache(getCurrent: () => Generation | undefined): AnswerCache {
  const answers = new Map<string, Answer>();
  const sightings = createSightings(MAX_SIGHTINGS);
  let of: Generation | undefined;
  let length = 0;

  function turnTo(snapshot: Generation): void {
    if (of === snapshot) return;
    of = snapshot;
    answers.clear();
    length = 0;
  }

  return {
    find(request) {
      const current = getCurrent();
      if (!current) return undefined;
      turnTo(current);
      return answers.get(request);
    },
    keep(request, answer, snapshot) {
      const wasAsked = sightings.note(request);
      if (!wasAsked || getCurrent() !== snapshot) return;
      turnTo(snapshot);
      const added = request.length + answer.body.length;
      if (answers.has(request) || length + added > MAX_CHARACTERS) return;
      answers.set(request, answer);
      length += added;
    },
  };
}

/** Within a second nobody asks for more that is worth keeping; 32 MB where every character takes two bytes. */
const MAX_CHARACTERS = 16_000_000;
/** What a busy minute asks; a few hundred kilobytes. */
const MAX_SIGHTINGS = 10_000;
