import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { handOverWhere } from './list/givenWhere.js';
import { lists } from './lists.js';
import { addPointArguments } from './point/pointArguments.js';
import { resolvers } from './resolvers.js';

/** Input is checked by GraphQL's own types and by the resolvers; class-validator would check it a third time. */
export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({ resolvers, validate: false, pubSub });
  const subscription = schema.getSubscriptionType();
  if (subscription) subscription.description = ABOUT_SUBSCRIPTIONS;
  handOverWhere(schema, lists);
  return addPointArguments(schema);
}

/** TypeGraphQL leaves root types without a word; how these are reached is not to be guessed. */
const ABOUT_SUBSCRIPTIONS =
  'What is told as it happens: over WebSocket on /graphql, or as server-sent events on /graphql/stream. Each message is as of one block.';

/** TypeGraphQL asks for one wherever there are subscriptions. They are served by the hub (api/live), which shares its work. */
const pubSub = { publish: refuse, subscribe: refuse };

function refuse(): never {
  throw new Error('Expected the hub to serve subscriptions, got asked for a stream.');
}
