import { setImmediate as yieldTurn } from 'node:timers/promises';
import { type ExecutionResult, execute, GraphQLError, type GraphQLSchema } from 'graphql';
import { RetryableError } from '../../schema/lib/errors.js';
import { createContext, type Surroundings } from '../createContext.js';
import type { Snapshot } from '../database/openSnapshot.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import { type Delivery, fail } from './Hub.js';

export interface LaneOptions {
  readonly schema: GraphQLSchema;
  readonly surroundings: Surroundings;
  readonly snapshot: Snapshot;
  /** The text of a result as clients get it: errors worded, bugs kept back. */
  readonly toText: (result: ExecutionResult, operationName: string | undefined) => string;
}

/**
 * Executes all messages of each document together, so that what they ask is loaded together; each once, however many it is for.
 * Quick documents come first. Of a document that takes too long the subscriptions end; where the database is out of reach, its
 * members go on from where they were.
 */
export async function executeLanes(deliveries: readonly Delivery[], options: LaneOptions): Promise<void> {
  const lanes = [...toLanes(deliveries).values()].sort((one, other) => toCost(one) - toCost(other));
  // Together they hold less than the pool of connections.
  await Promise.all(Array.from({ length: LANES_AT_ONCE }, () => work()));

  async function work(): Promise<void> {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) await executeLane(lane, options);
  }
}

const LANES_AT_ONCE = 2;

type Lane = readonly Delivery[];

function toLanes(deliveries: readonly Delivery[]): ReadonlyMap<string, Lane> {
  const lanes = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const { operationName, query } = delivery.group.subscription;
    const key = JSON.stringify([query, operationName]);
    const lane = lanes.get(key);
    if (lane) lane.push(delivery);
    else lanes.set(key, [delivery]);
  }
  return lanes;
}

/** How long it took last, in ms: what is not known may be long. */
const lasted = new WeakMap<object, number>();
const toCost = ([first]: Lane) => (first && lasted.get(first.group.subscription.document)) ?? LANE_MS;

async function executeLane(lane: Lane, options: LaneOptions): Promise<void> {
  const { schema, surroundings, toText } = options;
  const begunAt = performance.now();
  const database = options.snapshot.beside({ totalMs: LANE_MS });
  const context = createContext(surroundings, { database });
  try {
    const results = await Promise.all(
      lane.map(({ group: { subscription }, messages }) => {
        const { document, operationName, variables: variableValues } = subscription;
        const asked = { schema, document, operationName, variableValues, contextValue: context };
        return Promise.all(messages.map(async (rootValue) => execute({ ...asked, rootValue })));
      }),
    );
    for (const [at, delivery] of lane.entries()) await deliver(delivery, results[at] ?? [], toText);
  } finally {
    database.release();
    for (const { group } of lane) lasted.set(group.subscription.document, performance.now() - begunAt);
  }
}

/** Of the database's time, for all messages of a document in a turn. */
const LANE_MS = 2_000;

async function deliver(
  { group, members, messages, again }: Delivery,
  results: readonly ExecutionResult[],
  toText: LaneOptions['toText'],
): Promise<void> {
  const causes = results.flatMap(({ errors = [] }) => errors.map(({ originalError }) => originalError));
  if (causes.some((cause) => cause instanceof RetryableError)) {
    for (const member of members) member.resume ??= again;
    return;
  }
  if (causes.some((cause) => cause instanceof QueryTimeout)) return fail(members, refuseSlow());
  const name = group.subscription.operationName;
  const texts = results.map((result, at) => ({ text: toText(result, name), cursor: messages[at]?.cursor ?? '' }));
  let sent = 0;
  for (const { text, cursor } of texts) {
    for (const member of members) {
      if (!member.isGone) member.sink.next(text, cursor);
      sent += 1;
      // Requests of others come in between.
      if (sent % SENT_AT_ONCE === 0) await yieldTurn();
    }
  }
  for (const member of members) member.resume = undefined;
}

const SENT_AT_ONCE = 1_000;

function refuseSlow(): GraphQLError {
  return new GraphQLError(
    `Expected what is selected to take the database at most ${LANE_MS} ms, but it takes longer: select less.`,
    { extensions: { code: 'QUERY_TIMEOUT' } },
  );
}
