import type { List } from '../../list/List.js';
import { toOrder, toSortKeys } from '../../list/order.js';
import { createParameters } from '../../list/Parameters.js';
import { type ListRequest, type ListSql, toFilter } from '../../list/toListSql.js';
import { toWhere, type WhereOptions } from '../../list/toWhere.js';
import { type ExportColumn, type Join, toAlias } from '../columns/ExportColumn.js';

/** What a file is of: a list's question, without its pages. */
export interface ExportQuestion extends Pick<ListRequest, 'orderBy' | 'orderDirection' | 'where'> {
  readonly columns: readonly ExportColumn[];
  /** How many rows at most; null: all. */
  readonly first: number | null;
}

/** A select of the rows in their order, by the aliases of the file's columns, with values as they are stored. */
export function toRowsSql(list: List, question: ExportQuestion, options: Omit<WhereOptions, 'parameters'>): ListSql {
  const { columns, first, orderBy, orderDirection, where } = question;
  const parameters = createParameters();
  const conditions = toWhere(list, where, { ...options, parameters });
  const own = columns.flatMap((column) => (column.sql === undefined ? [] : [`${column.sql} as ${toAlias(column)}`]));
  const sql = [
    // What no column of the file is made of Postgres leaves out.
    `select ${[list.columns, ...own].join(', ')}`,
    `${list.from} ${list.by[orderBy]?.join ?? ''}`,
    ...toJoins(columns),
    toFilter(conditions),
    `order by ${toOrder(toSortKeys(list, orderBy, orderDirection))}`,
    first === null ? '' : `limit ${parameters.add(first, 'int8')}`,
  ].join('\n');
  return { sql, parameters: parameters.values };
}

function toJoins(columns: readonly ExportColumn[]): readonly string[] {
  const joins = new Map(
    columns.flatMap(({ joins = [] }) => joins.map((join: Join) => [join.alias, join.sql] as const)),
  );
  return [...joins].map(([alias, sql]) => `left join lateral (${sql}) as ${alias} on true`);
}
