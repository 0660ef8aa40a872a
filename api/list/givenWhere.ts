import type { GraphQLSchema } from 'graphql';
import { createParameterDecorator, type ParameterDecorator } from 'type-graphql';
import type { Context } from '../createContext.js';
import type { List } from './List.js';

const GIVEN = Symbol('where');

/** The parameter `where` of a list as GraphQL has checked it. */
export function GivenWhere(): ParameterDecorator {
  return createParameterDecorator<Context>(({ args }) => args[GIVEN as never]);
}

/**
 * Hands `where` of lists past TypeGraphQL, which would copy it into instances and look at each of some hundred conditions for it: that takes
 * longer than to write the statement.
 */
export function handOverWhere(schema: GraphQLSchema, lists: readonly List[]): void {
  const fields = schema.getQueryType()?.getFields() ?? {};
  for (const name of lists.flatMap(({ field }) => [field, `${field}Connection`])) {
    const field = fields[name];
    const resolve = field?.resolve;
    if (!resolve) throw new Error(`Expected a resolver of ${name}, found none.`);
    field.resolve = (root, { where, ...others }, context, info) =>
      resolve(root, { ...others, [GIVEN]: where }, context, info);
  }
}
