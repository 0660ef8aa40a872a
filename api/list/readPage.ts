import { UserError } from '../../schema/lib/errors.js';
import { once } from '../loaders/once.js';
import { type PageRow, toPageSql } from './connectionSql.js';
import { countRows, type RowCount } from './countRows.js';
import {
  assertSameQuestion,
  type Chains,
  type Cursor,
  parseCursor,
  refuseAhead,
  refuseCursor,
  refuseReorganised,
  toQuestion,
} from './cursor.js';
import type { Direction, List } from './List.js';
import { assertRange, FIRST_MAX } from './limits.js';
import { finish, type ListSource, loadFilters } from './listRows.js';
import { toSortKeys } from './order.js';
import { assertWhere, type Where } from './toWhere.js';

export interface ConnectionRequest {
  /** What is selected of a row; absent: all columns. */
  readonly columns?: string;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly orderBy: string;
  readonly orderDirection: Direction;
  readonly where?: Where | null;
}

/** A page of a list, as Relay has it. */
export interface Page {
  readonly rows: readonly PageNode[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly question: string;
  readonly chains: Chains;
  /** Counts all rows of the question, once, when somebody asks. */
  readonly count: () => Promise<RowCount>;
}

/** `sortValues` is JSON, which is read where a cursor is asked for. */
export type PageNode = object & { readonly sortValues: string };

export async function readPage(source: ListSource, list: List, request: ConnectionRequest): Promise<Page> {
  assertWhere(request.where);
  const { reversed, length } = toSide(request);
  const question = toQuestion(list, request);
  const keys = toSortKeys(list, request.orderBy, request.orderDirection);
  const cursors = {
    after: openCursor('after', request.after, { question, length: keys.length }),
    before: openCursor('before', request.before, { question, length: keys.length }),
  };
  const special = await loadFilters(source, list, request.where);
  const { columns = list.columns, orderBy, where } = request;
  // One more than is asked says whether there are more.
  const { sql, parameters } = toPageSql(
    list,
    { ...{ columns, orderBy, where, keys, reversed, limit: length + 1 }, ...cursors },
    { lists: source.lists, special },
  );
  const read = await source.database.query<PageRow & PageNode>(sql, parameters).catch((thrown: unknown) => {
    if (isUnreadable(thrown) && cursors.after) refuseCursor('after');
    if (isUnreadable(thrown) && cursors.before) refuseCursor('before');
    throw thrown;
  });
  const name = cursors.after ? 'after' : 'before';
  if (read[0]?.replaced) refuseReorganised(name);
  if (read[0]?.ahead) refuseAhead(name);
  const found = read.filter(({ sortValues }) => sortValues !== null);
  const kept = found.slice(0, length);
  if (reversed) kept.reverse();
  const hasMore = found.length > length;
  return {
    rows: finish(list, kept as never) as readonly PageNode[],
    // Beyond a cursor lies at least the row that it was given with.
    hasNextPage: reversed ? cursors.before !== undefined : hasMore,
    hasPreviousPage: reversed ? hasMore : cursors.after !== undefined,
    question,
    chains: JSON.parse(read[0]?.chains ?? '{}') as Chains,
    count: once(async () => {
      const counted = await countRows(source, list, where);
      return { ...counted, atLeast: Math.max(counted.atLeast, kept.length) };
    }),
  };
}

/** As many as a list gives where nothing is said. */
export const DEFAULT_LENGTH = 100;

function toSide({ first, last }: ConnectionRequest): { readonly reversed: boolean; readonly length: number } {
  const [isFirst, isLast] = [typeof first === 'number', typeof last === 'number'];
  if (isFirst && isLast) throw new UserError('Expected first or last, got both: which end should the page begin at?');
  const length = first ?? last ?? DEFAULT_LENGTH;
  assertRange(isLast ? 'last' : 'first', length, { min: 1, max: FIRST_MAX });
  return { reversed: isLast, length };
}

function openCursor(
  name: 'after' | 'before',
  text: string | null | undefined,
  { question, length }: { readonly question: string; readonly length: number },
): Cursor | undefined {
  if (text === null || text === undefined) return undefined;
  const cursor = parseCursor(name, text);
  assertSameQuestion(name, cursor, question);
  // The same question has the same sort: other values were put in by hand.
  return cursor.values.length === length ? cursor : refuseCursor(name);
}

/** What GraphQL lets in fits its column; a text that does not can only be of a cursor. */
function isUnreadable(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && UNREADABLE.has(String(thrown.code));
}

/** Postgres error codes, appendix A of its manual: out of range, no time, no such time, no such value. */
const UNREADABLE = new Set(['22003', '22007', '22008', '22P02']);
