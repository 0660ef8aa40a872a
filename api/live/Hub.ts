import { GraphQLError } from 'graphql';
import { toMessage } from '../../schema/lib/errors.js';
import type { LiveCursor } from './liveCursor.js';
import type { Subscription } from './readSubscription.js';
import type { Topic } from './toTopic.js';

/** Where the messages of one subscription go. */
export interface Sink {
  /** The result of an execution as JSON, and where it stands. */
  next(result: string, cursor: string): void;
  /** Nothing comes after it. */
  fail(errors: readonly GraphQLError[]): void;
}

/** All who ask the same: what they are told is executed once. */
export interface Group {
  readonly subscription: Subscription;
  readonly topic: Topic;
  readonly members: Set<Member>;
}

export interface Member {
  readonly group: Group;
  readonly sink: Sink;
  /** When it came, in ms of `performance`. */
  readonly since: number;
  /** Where it goes on from; absent: it is in step with the others. */
  resume?: LiveCursor | undefined;
  isGone: boolean;
}

/** What a resolver of a subscription is given as its root. */
export type Message = { readonly cursor: string } & Readonly<Record<string, unknown>>;

/** Messages, in order, for members of one group. */
export interface Delivery {
  readonly group: Group;
  readonly members: readonly Member[];
  readonly messages: readonly Message[];
  /** Where its members go on from, should the database be out of reach now. */
  readonly again: LiveCursor;
}

export function fail(members: Iterable<Member>, error: GraphQLError): void {
  for (const member of members) {
    if (member.isGone) continue;
    leave(member);
    member.sink.fail([error]);
  }
}

export function leave(member: Member): void {
  member.isGone = true;
  member.group.members.delete(member);
}

/** As the field that failed would have said it. */
export function toError(thrown: unknown): GraphQLError {
  return new GraphQLError(toMessage(thrown), { originalError: thrown instanceof Error ? thrown : null });
}
