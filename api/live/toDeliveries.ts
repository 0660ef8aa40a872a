import { GraphQLError } from 'graphql';
import type { ChainRow } from '../domains/chain/chainQueries.js';
import type { Change } from './changeQueries.js';
import { type Delivery, fail, type Group, type Member, type Message } from './Hub.js';
import { createCursorError, type LiveCursor, type TurnCursor, toLiveCursor } from './liveCursor.js';
import { MAX_UPDATES } from './liveLimits.js';
import { findCursorError, refuseUnknown, type Told, type ToldMove, toKey } from './readTold.js';
import type { Move, Standing } from './standing.js';
import type { ChangeTopic } from './toTopic.js';

/** What a turn knows. */
export interface Turn {
  readonly chains: ReadonlyMap<number, ChainRow>;
  /** The chain of each network. */
  readonly networks: ReadonlyMap<string, number>;
}

/** For members that stood where `told` begins. Those that cannot be told are failed, with the reason. */
export function toDelivery(
  turn: Turn,
  told: Told,
  {
    group,
    topic,
    members,
  }: { readonly group: Group; readonly topic: ChangeTopic; readonly members: readonly Member[] },
  done?: { readonly id: string; readonly since: Told },
): readonly Delivery[] {
  const chain = toChain(turn, topic);
  if (chain instanceof GraphQLError) return failAll(members, chain);
  const moves = told.moves.filter(({ chainId }) => chain === null || chainId === chain);
  const unknown = moves.find((move) => (topic.kind === 'block' ? move.isUnnoted : move.isUnknown));
  if (unknown) return failAll(members, refuseUnknown(unknown));
  const isNew = ({ id, key }: Pick<Item, 'id' | 'key'>) => !done || id > done.id || done.since.ids.has(key);
  if (topic.kind !== 'block' && told.isTooMuch && moves.length > 0) return failAll(members, refuseTooMany());
  const items =
    topic.kind === 'block' ? moves.map(toBlockItem).sort(byId) : (told.byTopic.get(topic.key) ?? []).map(toItem);
  const found = topic.kind === 'block' ? keepNewBlocks(items, done) : items.filter(isNew);
  if (found.length === 0) return [];
  if (found.length > MAX_UPDATES) return failAll(members, refuseTooMany());
  const of = (standing: Standing) => new Map([...standing].filter(([chainId]) => chain === null || chainId === chain));
  const [from, to] = [of(told.from), of(told.to)];
  const messages = found.map(({ id, chainId, ...item }): Message => {
    const cursor = toLiveCursor(topic.key, { kind: 'turn', from, to, id });
    return { ...item.root, id, chainId, cursor, block: toBlock(turn.chains.get(chainId)), retracted: item.retracted };
  });
  return [{ group, members, messages, again: startAt(told.from) }];
}

/** Nothing of what came after was told. */
export function startAt(standing: Standing): TurnCursor {
  return { kind: 'turn', from: standing, to: standing, id: '' };
}

/** Why nobody can go on from a cursor; undefined: it can be told. */
export function findRefusal(
  turn: Turn,
  asked: { readonly moves: readonly Move[]; readonly topic: ChangeTopic; readonly replayBlocks: number },
): GraphQLError | undefined {
  const { topic, replayBlocks } = asked;
  const chain = toChain(turn, topic);
  if (chain instanceof GraphQLError) return chain;
  const moves = asked.moves.filter(({ chainId }) => chain === null || chainId === chain);
  return moves.map((move) => findCursorError(move, replayBlocks)).find((error) => error !== undefined);
}

/** Null: any. */
function toChain({ networks, chains }: Turn, { place }: ChangeTopic): number | null | GraphQLError {
  if (!place) return null;
  const chain = 'chain' in place ? place.chain : networks.get(place.network);
  if (chain !== undefined && chains.has(chain)) return chain;
  const [what, which] = 'chain' in place ? ['chain', String(place.chain)] : ['network', place.network];
  return new GraphQLError(`Expected a ${what} that is indexed, got ${JSON.stringify(which.slice(0, 80))}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

interface Item {
  readonly id: string;
  /** As `Told.ids` has it. */
  readonly key: string;
  readonly chainId: number;
  readonly retracted: boolean;
  readonly root?: Readonly<Record<string, unknown>>;
}

function toItem({ kind, id, chainId, height, dueMs }: Change): Item {
  return { id, key: toKey({ kind, id }), chainId, retracted: height === null && dueMs === null };
}

function toBlockItem({ chainId, kept, isBack }: ToldMove): Item {
  return { id: String(chainId), key: '', chainId, retracted: isBack, root: { from: kept < 0 ? null : kept } };
}

const byId = (one: Item, other: Item) => (one.id < other.id ? -1 : 1);

/** A chain that was told goes on from where it stood then, not from where that message began. */
function keepNewBlocks(items: readonly Item[], done: { readonly id: string; readonly since: Told } | undefined) {
  if (!done) return items;
  const since = new Map(done.since.moves.map((move) => [String(move.chainId), toBlockItem(move)]));
  return items.flatMap((item) => (item.id > done.id ? [item] : (since.get(item.id) ?? [])));
}

function toBlock(chain: ChainRow | undefined) {
  if (!chain || chain.height === null || !chain.blockHash || !chain.blockTime) return null;
  return { chain: chain.id, number: chain.height, hash: chain.blockHash, timestamp: chain.blockTime };
}

function failAll(members: readonly Member[], error: GraphQLError): readonly Delivery[] {
  fail(members, error);
  return [];
}

function refuseTooMany(): GraphQLError {
  return createCursorError(
    'TOO_MANY_CHANGES',
    `Expected at most ${MAX_UPDATES} changes at once, got more: read what you follow anew, and subscribe without \`after\`.`,
  );
}

export function isTurn(cursor: LiveCursor | undefined): cursor is TurnCursor {
  return cursor?.kind === 'turn';
}
