import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Surroundings } from '../createContext.js';
import type { Snapshot } from '../database/openSnapshot.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import { createSeriesTeller } from './createSeriesTeller.js';
import { executeLanes, type LaneOptions } from './executeLanes.js';
import { type Delivery, fail, type Group, leave, type Member, type Sink, toError } from './Hub.js';
import { parseLiveCursor, type TurnCursor } from './liveCursor.js';
import type { Subscription } from './readSubscription.js';
import { readTold } from './readTold.js';
import { listNetworks } from './seriesQueries.js';
import { listMoved, type Standing, toStanding } from './standing.js';
import { findRefusal, isTurn, type Turn, toDelivery } from './toDeliveries.js';
import { type ChangeTopic, toTopic } from './toTopic.js';

export interface Hub {
  /** Somebody is there: from when `ready` resolves on nothing is missed, as long as the database is there. */
  hold(): { readonly ready: Promise<void>; readonly release: () => void };
  /** Tells of what happens from now on, or since `after`, until what it returns is called. Throws where the arguments do not fit. */
  subscribe(subscription: Subscription, sink: Sink, after?: string | null): () => void;
  /** Something may have happened. */
  wake(): void;
  close(): Promise<void>;
}

export interface HubOptions {
  readonly schema: GraphQLSchema;
  readonly surroundings: Surroundings;
  readonly toText: LaneOptions['toText'];
  /** How many blocks a cursor may lie behind. */
  readonly replayBlocks: number;
  readonly log: Log;
}

/**
 * Works out once what has changed, for all subscribers. A notice only wakes it: each turn looks how far the chains stand in one
 * snapshot, and tells what lies between there and where the turn before stood. So a notice that is lost loses nothing, and all of a
 * message is as of one block. Whoever resumes is told in the same way, from where its cursor stands.
 */
export function createHub(options: HubOptions): Hub {
  const { surroundings, replayBlocks, log } = options;
  const groups = new Map<string, Group>();
  const teller = createSeriesTeller();
  let networks: ReadonlyMap<string, number> = new Map();
  /** Where everybody stands who is in step, and who comes begins; undefined while nobody is there. */
  let standing: Standing | undefined;
  let isDue = false;
  let isClosed = false;
  let holders = 0;
  const waiting: (() => void)[] = [];
  let isRunning = false;
  let isAway = false;
  let running: Promise<void> | undefined;
  const poll = setInterval(wake, POLL_MS).unref();

  function wake(): void {
    if (isClosed || holders === 0) return;
    isDue = true;
    if (!isRunning) running = run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (isDue && !isClosed) {
      isDue = false;
      const begunAt = performance.now();
      await takeTurn().then(() => {
        isAway = false;
      }, report);
      for (const tell of waiting.splice(0)) tell();
      forgetEmpty();
      await sleep(Math.max(0, begunAt + MIN_TURN_MS - performance.now()), undefined, { ref: false });
    }
    isRunning = false;
    if (holders === 0) standing = undefined;
  }

  function forgetEmpty(): void {
    for (const [key, { members }] of groups) if (members.size === 0) groups.delete(key);
  }

  async function takeTurn(): Promise<void> {
    const snapshot = surroundings.database.open();
    try {
      const chains = await snapshot.listChains();
      if ([...groups.values()].some(({ topic }) => topic.kind !== 'metric' && isElsewhere(topic))) {
        networks = new Map((await listNetworks(snapshot)).map(({ id, chainId }) => [id, chainId]));
      }
      const turn: Turn = { networks, chains: new Map(chains.map((chain) => [chain.id, chain])) };
      const to = toStanding(chains);
      const lanes = { ...options, snapshot };
      // Who is in step waits neither for those who come up nor for figures, of which there may be many.
      await executeLanes(await tellInStep(snapshot, turn, to), lanes);
      await executeLanes(await resumeAll(snapshot, turn, to), lanes);
      await executeLanes(await teller.tell(snapshot, listGroups('metric'), createPatience()), lanes);
    } finally {
      snapshot.release();
    }
  }

  /** Says when what is left waits for the next turn, so that a block that is written meanwhile is told before it. */
  function createPatience(): () => boolean {
    const until = performance.now() + PATIENCE_MS;
    return () => {
      if (performance.now() < until) return false;
      isDue = true;
      return true;
    };
  }

  function isElsewhere({ place }: ChangeTopic): boolean {
    return place !== null && 'network' in place && !networks.has(place.network);
  }

  function listGroups(kind: 'metric' | 'other'): readonly Group[] {
    return [...groups.values()].filter(({ topic }) => (topic.kind === 'metric') === (kind === 'metric'));
  }

  /** From here on everybody stands at `to`: who comes while it reads is told, who comes later has missed nothing. */
  async function tellInStep(snapshot: Snapshot, turn: Turn, to: Standing): Promise<readonly Delivery[]> {
    const told = await readTold(snapshot, standing ?? to, to).catch((thrown: unknown) => {
      if (thrown instanceof QueryTimeout) return thrown;
      throw thrown;
    });
    standing = to;
    return listGroups('other').flatMap((group) => {
      const members = [...group.members].filter(({ resume }) => resume === undefined);
      if (told instanceof QueryTimeout) fail(members, toError(told));
      if (members.length === 0 || told instanceof QueryTimeout) return [];
      return toDelivery(turn, told, { group, topic: group.topic as ChangeTopic, members });
    });
  }

  /** Who stood at one place is told from the same statements. Who came first goes on first. */
  async function resumeAll(snapshot: Snapshot, turn: Turn, to: Standing): Promise<readonly Delivery[]> {
    const waiting = new Map<string, Member[]>();
    const resuming = listGroups('other').flatMap(({ members }) => [...members].filter(({ resume }) => isTurn(resume)));
    for (const member of resuming.sort((one, other) => one.since - other.since)) {
      if (!isTurn(member.resume)) continue;
      const key = JSON.stringify([[...member.resume.from], [...member.resume.to]]);
      waiting.set(key, [...(waiting.get(key) ?? []), member]);
    }
    const deliveries: Delivery[] = [];
    const isLate = createPatience();
    for (const members of waiting.values()) {
      const own = snapshot.beside();
      try {
        deliveries.push(...(await resumeSome(own, turn, { members, to })));
      } catch (thrown) {
        // While the database is away they wait.
        if (!(thrown instanceof RetryableError)) fail(members, toError(thrown));
        if (!(thrown instanceof QueryTimeout)) report(thrown);
      } finally {
        own.release();
      }
      if (isLate()) break;
    }
    return deliveries;
  }

  async function resumeSome(
    snapshot: Snapshot,
    turn: Turn,
    { members, to }: { readonly members: readonly Member[]; readonly to: Standing },
  ): Promise<readonly Delivery[]> {
    const [first] = members;
    if (!isTurn(first?.resume)) return [];
    const { from, to: reached } = first.resume;
    const kept = members.filter((member) => {
      const topic = member.group.topic as ChangeTopic;
      // The turn that told the cursor may have told many blocks at once, which are read again.
      const error =
        findRefusal(turn, { topic, moves: listMoved(reached, to), replayBlocks }) ??
        findRefusal(turn, { topic, moves: listMoved(from, to), replayBlocks: 2 * replayBlocks });
      if (error) fail([member], error);
      return error === undefined;
    });
    if (kept.length === 0) return [];
    const told = await readTold(snapshot, from, to);
    const since = await readTold(snapshot, reached, to);
    return toAlike(kept).flatMap(({ group, id, members: alike }) => {
      const asked = { group, topic: group.topic as ChangeTopic, members: alike };
      const delivery = toDelivery(turn, told, asked, { id, since });
      if (delivery.length === 0) for (const member of alike) member.resume = undefined;
      return delivery.map((one) => ({ ...one, again: { kind: 'turn', from, to: reached, id } as const }));
    });
  }

  /** Of an outage once. */
  function report(thrown: unknown): void {
    if (!(thrown instanceof RetryableError)) log.error({ err: thrown }, 'subscribers were not told');
    else if (!isAway) log.warn(toMessage(thrown));
    isAway = thrown instanceof RetryableError;
  }

  return {
    hold() {
      holders += 1;
      const ready = standing ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve));
      wake();
      let isHeld = true;
      return {
        ready,
        release() {
          if (isHeld) holders -= 1;
          isHeld = false;
          // A turn that runs forgets it at its end: who comes before then is told from there.
          if (holders === 0 && !isRunning) standing = undefined;
        },
      };
    },
    subscribe(subscription, sink, after = subscription.args.after as string | null | undefined) {
      if (isClosed)
        throw new GraphQLError('The server is going away.', { extensions: { code: 'SERVICE_UNAVAILABLE' } });
      const topic = toTopic(subscription);
      const resume = after ? parseLiveCursor(after, topic.key) : undefined;
      const group = groups.get(subscription.key) ?? { subscription, topic, members: new Set<Member>() };
      groups.set(subscription.key, group);
      const member: Member = { group, sink, since: performance.now(), resume, isGone: false };
      group.members.add(member);
      wake();
      return () => {
        leave(member);
        forgetEmpty();
      };
    },
    wake,
    async close() {
      isClosed = true;
      clearInterval(poll);
      await running;
    },
  };
}

interface Alike {
  readonly group: Group;
  readonly id: string;
  readonly members: Member[];
}

/** Those of a group that were told as much: after an outage that is all of them. */
function toAlike(members: readonly Member[]): readonly Alike[] {
  const alike = new Map<string, Alike>();
  for (const member of members) {
    const { id } = member.resume as TurnCursor;
    const key = JSON.stringify([member.group.subscription.key, id]);
    const known = alike.get(key);
    if (known) known.members.push(member);
    else alike.set(key, { group: member.group, id, members: [member] });
  }
  return [...alike.values()];
}

/** Where nobody gives notice: a standby server has none to give. */
const POLL_MS = 1_000;
/** For cursors to be gone on from, and for figures, in one turn: each costs statements that may take seconds. */
const PATIENCE_MS = 500;
/** What is written in between is told together. */
const MIN_TURN_MS = 50;
