import type { Direction, List } from './List.js';
import { toOrder, toSortKeys } from './order.js';
import { createParameters } from './Parameters.js';
import { toWhere, type Where, type WhereOptions } from './toWhere.js';

export interface ListRequest {
  /** What is selected; absent: all columns. */
  readonly columns?: string;
  readonly first: number;
  readonly skip: number;
  readonly orderBy: string;
  readonly orderDirection: Direction;
  readonly where?: Where | null;
}

export interface ListSql {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** One statement for the rows of a list, so many of them after so many others. */
export function toListSql(
  list: List,
  { columns = list.columns, first, skip, orderBy, orderDirection, where }: ListRequest,
  options: Omit<WhereOptions, 'parameters'>,
): ListSql {
  const parameters = createParameters();
  const conditions = toWhere(list, where, { ...options, parameters });
  const order = toOrder(toSortKeys(list, orderBy, orderDirection));
  const limit = `limit ${parameters.add(first, 'int4')} offset ${parameters.add(skip, 'int4')}`;
  return { sql: toRowsSql(list, { columns, conditions, orderBy, order, limit }), parameters: parameters.values };
}

/** The rows of a page. What is only looked up is joined once they are found, or not at all. */
export function toRowsSql(
  { from, by, lookup }: List,
  page: {
    readonly columns: string;
    readonly conditions: readonly string[];
    readonly orderBy: string;
    readonly order: string;
    readonly limit: string;
  },
): string {
  const { columns, conditions, order, limit } = page;
  const join = by[page.orderBy]?.join;
  const rest = `${toFilter(conditions)}
    order by ${order} ${limit}`;
  if (!lookup || join || [...conditions, order].some((sql) => lookup.isNamed.test(sql))) {
    return `select ${columns} ${from} ${join ?? ''}
    ${rest}`;
  }
  const { rows, alias, join: joined } = lookup;
  if (!lookup.isNamed.test(columns)) {
    return `select ${columns} ${rows}
    ${rest}`;
  }
  return `select ${columns} from (select ${alias}.* ${rows}
    ${rest}) as ${alias} ${joined}
    order by ${order}`;
}

export function toFilter(conditions: readonly string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
}
