import type { GraphQLError } from 'graphql';
import type { Database } from '../database/createDatabase.js';
import { type Change, listChanges, type StepsBack } from './changeQueries.js';
import { createCursorError } from './liveCursor.js';
import { MAX_CHANGES } from './liveLimits.js';
import { listMoved, type Move, type Standing } from './standing.js';
import { toTopicKeys } from './toTopic.js';

/** What there is to tell to whoever stood at `from`. */
export interface Told {
  readonly from: Standing;
  readonly to: Standing;
  readonly moves: readonly ToldMove[];
  /** Changes of jobs and providers by the key of each topic they belong to, by id. */
  readonly byTopic: ReadonlyMap<string, readonly Change[]>;
  readonly ids: ReadonlySet<string>;
  /** More has changed than is told. */
  readonly isTooMuch: boolean;
}

export interface ToldMove extends Move {
  /** The last height that stands as it did; -1: none. */
  readonly kept: number;
  readonly isBack: boolean;
  /** What it touched is not noted. */
  readonly isUnknown: boolean;
  /** Not even how far back it went is noted. */
  readonly isUnnoted: boolean;
}

/** In one statement, or none where nothing has moved. */
export async function readTold(database: Database, from: Standing, to: Standing): Promise<Told> {
  const moved = listMoved(from, to);
  const nothing = { from, to, moves: [], byTopic: new Map(), ids: new Set<string>(), isTooMuch: false };
  if (moved.length === 0) return nothing;
  const { changes, stepsBack } = await listChanges(database, moved, MAX_CHANGES);
  const back = new Map(stepsBack.map((steps) => [steps.chainId, steps]));
  const moves = moved.map((move) => toToldMove(move, back.get(move.chainId)));
  if (changes.length > MAX_CHANGES) return { ...nothing, moves, isTooMuch: true };
  return { ...nothing, moves, byTopic: groupByTopic(changes), ids: new Set(changes.map(toKey)) };
}

function toToldMove(move: Move, steps: StepsBack | undefined): ToldMove {
  const { from, to } = move;
  const isNoted = from.retractions !== to.retractions;
  // Lower, or of another hash, and nobody has noted a step back: another database stands in its place.
  const isElsewhere = !isNoted && (to.height < from.height || to.height === from.height);
  const isUnnoted = isElsewhere || !steps?.noted;
  const kept = Math.min(from.height, steps?.height ?? from.height);
  return { ...move, kept, isBack: isNoted || isElsewhere, isUnknown: isUnnoted || !steps?.complete, isUnnoted };
}

function groupByTopic(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const byTopic = new Map<string, Change[]>();
  for (const change of [...changes].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    for (const key of new Set(toTopicKeys(change))) {
      const list = byTopic.get(key);
      if (list) list.push(change);
      else byTopic.set(key, [change]);
    }
  }
  return byTopic;
}

/** As a cursor names it. */
export function toKey({ kind, id }: Pick<Change, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

export function refuseUnknown({ chainId }: Move): GraphQLError {
  return createCursorError(
    'CURSOR_REORGED',
    `Expected to know what the blocks of chain ${chainId} that were taken back had touched, but it was too much or is too long ago: read what you follow anew, and subscribe without \`after\`.`,
  );
}

/** Whether somebody can go on from there at all; cursors come from outside, and may be of another server. */
export function findCursorError({ chainId, from, to }: Move, replayBlocks: number): GraphQLError | undefined {
  if (from.retractions > to.retractions || (from.retractions === to.retractions && from.height > to.height)) {
    return createCursorError(
      'CURSOR_AHEAD',
      `Expected a cursor up to block ${to.height} of chain ${chainId}, the last one that is indexed here, got one of ${from.height}: try again in a moment.`,
    );
  }
  if (to.height - from.height > replayBlocks) {
    return createCursorError(
      'CURSOR_TOO_OLD',
      `Expected a cursor at most ${replayBlocks} blocks behind block ${to.height} of chain ${chainId}, got one ${to.height - from.height} behind: read what you follow anew, and subscribe without \`after\`.`,
    );
  }
  return undefined;
}
