import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { addPointArguments } from './point/pointArguments.js';
import { resolvers } from './resolvers.js';

/** Input is checked by GraphQL's own types and by the resolvers; class-validator would check it a third time. */
export async function createSchema(): Promise<GraphQLSchema> {
  return addPointArguments(await buildSchema({ resolvers, validate: false }));
}
