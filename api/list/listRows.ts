import type { Door, List, SpecialFilter } from './List.js';
import { type ListRequest, toListSql } from './toListSql.js';
import { assertWhere, listSpecialFilters, type Where, type WhereOptions } from './toWhere.js';

export type Lists = ReadonlyMap<string, List>;

/** What a list is read with. */
export interface ListSource {
  readonly database: Door;
  readonly lists: Lists;
}

/** The rows of a list: one statement, after what special filters ask for. */
export async function listRows(
  { database, lists }: ListSource,
  list: List,
  request: ListRequest,
): Promise<readonly object[]> {
  assertWhere(request.where);
  const special = await loadFilters({ database, lists }, list, request.where);
  const { sql, parameters } = toListSql(list, request, { lists, special });
  return finish(list, await database.query<never>(sql, parameters));
}

export function finish(list: List, rows: readonly never[]): readonly object[] {
  return list.toRows ? list.toRows(rows) : rows;
}

export async function loadFilters(
  { database, lists }: ListSource,
  list: List,
  where: Where | null | undefined,
): Promise<WhereOptions['special']> {
  const used = [...listSpecialFilters(list, where, lists)];
  const loaded = used.map(async (filter) => [filter, await filter.load(database)] as const);
  return new Map<SpecialFilter, (value: unknown) => unknown>(await Promise.all(loaded));
}
