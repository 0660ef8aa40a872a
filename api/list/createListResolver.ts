import { Args, type ClassType, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../createContext.js';
import { type ListArguments, type ListTypes } from './createListTypes.js';
import type { List } from './List.js';
import { assertPage } from './limits.js';
import { type Lists, listRows } from './listRows.js';

/** The root fields of a noun. */
export function createListResolver(list: List, types: ListTypes, lists: Lists): ClassType<object> {
  const type = list.type as ClassType<object>;
  const { args: Arguments } = types;

  @Resolver(() => type)
  class ListResolver {
    @Query(() => [type], { name: list.field, description: list.description })
    list(@Args(() => Arguments) args: ListArguments, @Ctx() { database }: Context): Promise<readonly object[]> {
      assertPage(args);
      return listRows({ database, lists }, list, args);
    }
  }
  return ListResolver;
}
