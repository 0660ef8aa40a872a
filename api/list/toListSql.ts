import type { Direction, List } from './List.js';
import { toOrder, toSortKeys } from './order.js';
import { createParameters } from './Parameters.js';
import { toWhere, type Where, type WhereOptions } from './toWhere.js';

export interface ListRequest {
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
  { first, skip, orderBy, orderDirection, where }: ListRequest,
  options: Omit<WhereOptions, 'parameters'>,
): ListSql {
  const parameters = createParameters();
  const conditions = toWhere(list, where, { ...options, parameters });
  const order = toOrder(toSortKeys(list, orderBy, orderDirection));
  const sql = [
    `select ${list.columns} ${list.from} ${list.by[orderBy]?.join ?? ''}`,
    toFilter(conditions),
    `order by ${order} limit ${parameters.add(first, 'int4')} offset ${parameters.add(skip, 'int4')}`,
  ].join('\n');
  return { sql, parameters: parameters.values };
}

export function toFilter(conditions: readonly string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
}
