import type { GraphQLResolveInfo } from 'graphql';
import { Args, type ClassType, Ctx, Info, Query, Resolver } from 'type-graphql';
import type { Context } from '../createContext.js';
import { createConnection } from './createConnection.js';
import { type ListArguments, type ListTypes } from './createListTypes.js';
import { GivenWhere } from './givenWhere.js';
import type { List } from './List.js';
import { assertPage } from './limits.js';
import { type Lists, listRows } from './listRows.js';
import { type ConnectionRequest, type Page, readPage } from './readPage.js';
import { toColumns } from './toColumns.js';
import type { Where } from './toWhere.js';

/** The root fields of a noun. */
export function createListResolver(list: List, types: ListTypes, lists: Lists): readonly ClassType<object>[] {
  const type = list.type as ClassType<object>;
  const { args: Arguments } = types;
  const connection = createConnection(list, types);
  const { type: Connection, args: ConnectionArguments } = connection;

  @Resolver(() => type)
  class ListResolver {
    @Query(() => [type], { name: list.field, description: list.description })
    list(
      @Args(() => Arguments) args: ListArguments,
      @GivenWhere() where: Where | null | undefined,
      @Ctx() { database }: Context,
      @Info() info: GraphQLResolveInfo,
    ): Promise<readonly object[]> {
      assertPage(args);
      return listRows({ database, lists }, list, { ...args, where, columns: toColumns(list, info) });
    }

    @Query(() => Connection, {
      name: `${list.field}Connection`,
      description: `${list.description} By pages of which each begins where the one before ended, however deep it lies.`,
    })
    connection(
      @Args(() => ConnectionArguments) args: ConnectionRequest,
      @GivenWhere() where: Where | null | undefined,
      @Ctx() { database }: Context,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Page> {
      return readPage({ database, lists }, list, { ...args, where, columns: toColumns(list, info) });
    }
  }
  return [ListResolver, ...connection.resolvers];
}
