import { assert } from '../../schema/lib/assert.js';
import { UserError } from '../../schema/lib/errors.js';
import { parseId } from '../list/parseId.js';

export type Direction = 'asc' | 'desc';

/** What may be asked of a list: each name of the API's `where` and `orderBy` with the SQL it stands for. */
export interface ListTable<Filter extends string, Order extends string> {
  readonly filters: Readonly<Record<Filter, Column>>;
  readonly orders: Readonly<Record<Order, OrderColumn>>;
  /** Settles equal sort keys; `$direction` is replaced by the direction of the sort. */
  readonly tie: string;
}

/** A column, the condition under which a row's value is one of a list, or one that takes the value as it stands. */
export type Column =
  | string
  | { readonly isAnyOf: (list: string) => string }
  | { readonly holds: (value: string) => string };

export interface OrderColumn {
  readonly sql: string;
  /** Unknown values then come last in both directions. A column that is never null keeps its index this way. */
  readonly nullable?: true;
  /** A join that only this order needs. */
  readonly join?: string;
}

export interface ListRequest<Filter extends string, Order extends string> {
  readonly first: number;
  readonly skip: number;
  readonly orderBy: Order;
  readonly orderDirection: Direction;
  readonly where?: { readonly [name in Filter]?: unknown } | null;
}

export interface ListSql {
  readonly join: string;
  /** From `where` to `offset`. */
  readonly tail: string;
  readonly parameters: readonly unknown[];
}

export function toListSql<Filter extends string, Order extends string>(
  table: ListTable<Filter, Order>,
  request: ListRequest<Filter, Order>,
): ListSql {
  const parameters: unknown[] = [];
  const conditions = Object.entries(request.where ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => toCondition({ name, column: toColumn(table.filters, name), value, parameters }));
  const order: OrderColumn = table.orders[request.orderBy];
  const sort = `${order.sql} ${request.orderDirection}${order.nullable ? ' nulls last' : ''}`;
  const tie = table.tie.replaceAll('$direction', request.orderDirection);
  parameters.push(request.first, request.skip);
  return {
    join: order.join ?? '',
    tail: `
      ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
      order by ${sort}, ${tie}
      limit $${parameters.length - 1} offset $${parameters.length}
    `,
    parameters,
  };
}

function toColumn(filters: Readonly<Record<string, Column>>, name: string): Column {
  const column = filters[name];
  assert(column !== undefined, `filter ${name} has a column`);
  return column;
}

/** As in graph-node: `name: null` asks for rows whose value is unknown, `name_in` for any of a list. */
function toCondition(condition: {
  readonly name: string;
  readonly column: Column;
  readonly value: unknown;
  readonly parameters: unknown[];
}): string {
  const { name, column, value, parameters } = condition;
  if (typeof column !== 'string' && 'holds' in column) {
    parameters.push(value);
    return column.holds(`$${parameters.length}`);
  }
  if (name.endsWith('_in')) {
    if (!Array.isArray(value))
      throw new UserError(`Expected ${name} to be a list, got null: leave it out to take all.`);
    parameters.push(value.map(toLowerCase));
    return isAnyOf(column, `$${parameters.length}`);
  }
  if (typeof column !== 'string') {
    parameters.push(value === null ? [] : [toLowerCase(value)]);
    return isAnyOf(column, `$${parameters.length}`);
  }
  if (value === null) return `${column} is null`;
  parameters.push(toLowerCase(value));
  return `${column} = $${parameters.length}`;
}

function isAnyOf(column: Exclude<Column, { holds: unknown }>, list: string): string {
  return typeof column === 'string' ? `${column} = any(${list})` : column.isAnyOf(`${list}::text[]`);
}

function toLowerCase(value: unknown): unknown {
  return typeof value === 'string' ? parseId(value) : value;
}
