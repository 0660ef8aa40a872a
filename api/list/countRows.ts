import { assert } from '../../schema/lib/assert.js';
import { RetryableError } from '../../schema/lib/errors.js';
import type { StatementOptions } from '../database/createDatabase.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import type { KeptCount, List } from './List.js';
import { type ListSource, loadFilters } from './listRows.js';
import { createParameters } from './Parameters.js';
import { type ListSql, toFilter } from './toListSql.js';
import { toWhere, type Where, type WhereOptions } from './toWhere.js';

/** How many rows there are; where that takes too long, how many there are at least. */
export interface RowCount {
  readonly exact: number | null;
  readonly atLeast: number;
}

/** From what is kept where it answers the question, else by counting, which is let last only so long. */
export async function countRows(source: ListSource, list: List, where: Where | null | undefined): Promise<RowCount> {
  const kept = toKeptSql(list, where);
  const exact = await (kept
    ? // What is kept is found by its keys, unless rows are looked at beside it.
      countWithin(source, kept, { isKeyed: !kept.sql.includes(list.from) })
    : countWithin(source, await toCountSql(source, list, { where })));
  if (typeof exact === 'number') return { exact, atLeast: exact };
  if (exact === 'lost') return { exact: null, atLeast: 0 };
  const some = await countWithin(source, await toCountSql(source, list, { where, most: AT_LEAST }));
  return { exact: null, atLeast: typeof some === 'number' ? some : 0 };
}

/** contracts.md, query budgets. */
const TIMEOUT_MS = 200;
/** Read in a few milliseconds, where any rows are found easily. */
const AT_LEAST = 10_000;

/** A page that was read is worth an answer, whatever becomes of its count. */
async function countWithin(
  { database }: ListSource,
  { sql, parameters }: ListSql,
  options: StatementOptions = {},
): Promise<number | 'too slow' | 'lost'> {
  try {
    const [row] = await database.query<{ readonly count: number | null }>(sql, parameters, {
      ...options,
      timeoutMs: TIMEOUT_MS,
    });
    return row?.count ?? 0;
  } catch (thrown) {
    if (thrown instanceof QueryTimeout) return 'too slow';
    if (thrown instanceof RetryableError) return 'lost';
    throw thrown;
  }
}

async function toCountSql(
  source: ListSource,
  list: List,
  { where, most }: { readonly where: Where | null | undefined; readonly most?: number },
): Promise<ListSql> {
  const special: WhereOptions['special'] = await loadFilters(source, list, where);
  const parameters = createParameters();
  const conditions = toWhere(list, where, { parameters, lists: source.lists, special });
  const rows = `select 1 ${list.from} ${toFilter(conditions)}${most === undefined ? '' : ` limit ${most}`}`;
  return { sql: `select count(*)::int8 as count from (${rows}) as found`, parameters: parameters.values };
}

/** Undefined: no count is kept of what is asked. Of one value or of several, by columns that are in no relation. */
export function toKeptSql(list: List, where: Where | null | undefined): ListSql | undefined {
  const asked = Object.entries(where ?? {}).filter(([, value]) => value !== undefined);
  const values = asked.map(([name, value]) => [name.replace(/_in$/, ''), toValues(name, value)] as const);
  if (values.some(([, list]) => !list)) return undefined;
  const names = values.map(([name]) => name).sort();
  const kept: KeptCount | undefined = new Set(names).size === names.length ? list.counts?.[names.join()] : undefined;
  if (!kept) return undefined;
  const parameters = createParameters();
  const lists = new Map(values.map(([name, list]) => [name, parameters.add(list, 'text[]')]));
  const sql = kept((column) => {
    const found = lists.get(column);
    assert(found !== undefined, `a kept count is asked for by ${column}`);
    return found;
  });
  return { sql: `select (${sql})::int8 as count`, parameters: parameters.values };
}

/** Each value once, in lower case as ids are; undefined: it is not about equal values. */
function toValues(name: string, value: unknown): readonly string[] | undefined {
  const all = name.endsWith('_in') ? value : [value];
  if (!Array.isArray(all) || !all.every((each) => typeof each === 'string')) return undefined;
  return [...new Set(all.map((each) => each.toLowerCase()))];
}
