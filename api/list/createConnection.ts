import { ArgsType, type ClassType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { BigIntScalar } from '../scalars.js';
import { toCursor } from './cursor.js';
import type { Direction, List } from './List.js';
import { OrderDirection } from './ListArgs.js';
import type { SortValues } from './order.js';
import { PageInfo } from './PageInfo.js';
import type { ConnectionRequest, Page, PageNode } from './readPage.js';
import type { Where } from './toWhere.js';

export interface ConnectionTypes {
  readonly type: ClassType<object>;
  readonly args: ClassType<ConnectionRequest>;
  readonly resolvers: readonly ClassType<object>[];
}

/** A row and the page that it is on: its cursor is made when it is asked for. */
interface EdgeOfPage {
  readonly node: PageNode;
  readonly page: Page;
}

/** The types of GraphQL of a list's connection, as Relay has it. */
export function createConnection(
  list: List,
  { where, orderBy }: { readonly where: ClassType<object>; readonly orderBy: object },
): ConnectionTypes {
  const node = list.type as ClassType<object>;

  @ObjectType(`${list.name}Edge`, { description: 'A row and its place in the list.', simpleResolvers: true })
  class Edge {
    @Field(() => node, { description: 'The row.' })
    node: object;
  }

  @ObjectType(`${list.name}Connection`, { description: 'A page of a list, and what lies around it.' })
  class Connection {}

  @Resolver(() => Edge)
  class EdgeResolver {
    @FieldResolver(() => String, {
      description: 'Its place in the list with this filter and sort: `after` or `before` of another page.',
    })
    cursor(@Root() edge: EdgeOfPage): string {
      return toCursorOf(edge.page, edge.node);
    }
  }

  @Resolver(() => Connection)
  class ConnectionResolver {
    @FieldResolver(() => [node], { description: 'The rows.' })
    nodes(@Root() page: Page): readonly object[] {
      return page.rows;
    }

    @FieldResolver(() => [Edge], { description: 'The rows, each with its cursor.' })
    edges(@Root() page: Page): readonly EdgeOfPage[] {
      return page.rows.map((row) => ({ node: row, page }));
    }

    @FieldResolver(() => PageInfo, { description: 'Where the page begins and ends.' })
    pageInfo(@Root() page: Page): PageInfo {
      return toPageInfo(page);
    }

    @FieldResolver(() => BigIntScalar, {
      nullable: true,
      description:
        'How many rows there are on all pages: at once where the count is kept (see docs/graphql.md), else by counting; null where that takes more than 200 ms or fails.',
    })
    async totalCount(@Root() page: Page): Promise<number | null> {
      return (await page.count()).exact;
    }

    @FieldResolver(() => BigIntScalar, {
      description: '`totalCount` where it is known; else so many there are at least.',
    })
    async countAtLeast(@Root() page: Page): Promise<number> {
      return (await page.count()).atLeast;
    }
  }

  return {
    type: Connection,
    args: createArguments(list, { where, orderBy }),
    resolvers: [EdgeResolver, ConnectionResolver],
  };
}

function createArguments(
  list: List,
  { where, orderBy: OrderBy }: { readonly where: ClassType<object>; readonly orderBy: object },
): ClassType<ConnectionRequest> {
  @ArgsType()
  class Arguments implements ConnectionRequest {
    @Field(() => Int, {
      nullable: true,
      description:
        'How many rows at most from the beginning, from 1 to 1,000; 100 where neither this nor `last` is given.',
    })
    first?: number | null;

    @Field(() => String, { nullable: true, description: 'Only rows after the one with this cursor.' })
    after?: string | null;

    @Field(() => Int, { nullable: true, description: 'How many rows at most from the end, from 1 to 1,000.' })
    last?: number | null;

    @Field(() => String, { nullable: true, description: 'Only rows before the one with this cursor.' })
    before?: string | null;

    @Field(() => OrderBy, { defaultValue: list.order.by, description: 'What to sort by.' })
    orderBy: string;

    @Field(() => OrderDirection, { defaultValue: list.order.direction, description: 'Which end comes first.' })
    orderDirection: Direction;

    @Field(() => where, { nullable: true, description: 'Which rows.' })
    where?: Where | null;
  }
  return Arguments;
}

function toCursorOf({ question, chains }: Page, { sortValues }: PageNode): string {
  return toCursor({ values: JSON.parse(sortValues) as SortValues, question, chains });
}

function toPageInfo(page: Page): PageInfo {
  const [start, end] = [page.rows.at(0), page.rows.at(-1)];
  return {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: start ? toCursorOf(page, start) : null,
    endCursor: end ? toCursorOf(page, end) : null,
  };
}
