import { Arg, type ClassType, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../createContext.js';
import type { List } from './List.js';
import { type Lists, listRows } from './listRows.js';

/** The root field of one row by its id. */
export function createOneResolver(list: List, name: string, lists: Lists): ClassType<object> {
  const type = list.type as ClassType<object>;

  @Resolver(() => type)
  class OneResolver {
    @Query(() => type, { name, nullable: true, description: `One of \`${list.field}\` by id, or null.` })
    async one(
      @Arg('id', () => ID, { description: `As \`id\` of \`${list.field}\`.` }) id: string,
      @Ctx() { database }: Context,
    ): Promise<object | null> {
      const request = { first: 1, skip: 0, orderBy: 'id', orderDirection: 'asc', where: { id } } as const;
      const [row] = await listRows({ database, lists }, list, request);
      return row ?? null;
    }
  }
  return OneResolver;
}
