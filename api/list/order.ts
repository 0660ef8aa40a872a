import { assert } from '../../schema/lib/assert.js';
import type { Direction, List } from './List.js';
import type { Parameters } from './Parameters.js';

/** One thing that rows are sorted by. Unknown values come last, whichever end comes first. */
export interface SortKey {
  readonly sql: string;
  /** Type in Postgres, to which a value of a cursor is brought back from text. */
  readonly type: string;
  readonly nullable: boolean;
  readonly direction: Direction;
}

/** All that decides the order: what is sorted by, then what no two rows have in common. */
export function toSortKeys(list: List, by: string, direction: Direction): readonly SortKey[] {
  const column = list.by[by];
  assert(column !== undefined, `order ${by} has a column`);
  const tie = list.tie.map((key) => ({
    ...{ sql: key.sql, type: key.type, nullable: false },
    direction: key.direction === 'same' ? direction : key.direction,
  }));
  if (column.place) return tie;
  const { sql, type, nullable } = column.sortBy ?? column;
  const first = { sql, type, nullable, direction };
  return [first, ...tie.filter((key) => key.sql !== sql)];
}

/** From the last row to the first: then unknown values come first. */
export function toOrder(keys: readonly SortKey[], reversed = false): string {
  return keys
    .map(({ sql, nullable, direction }) => {
      if (!reversed) return `${sql} ${direction}${nullable ? ' nulls last' : ''}`;
      return `${sql} ${opposite[direction]}${nullable ? ' nulls first' : ''}`;
    })
    .join(', ');
}

const opposite: Readonly<Record<Direction, Direction>> = { asc: 'desc', desc: 'asc' };

/** Values of the sort keys of a row, as text. */
export type SortValues = readonly (string | null)[];

/**
 * Holds of the rows that come after one with these values, or before it. Where an index has the order, it begins at that row:
 * keys that go one way are compared as a whole row, else the first of them bounds what is read.
 */
export function toBeyond(
  keys: readonly SortKey[],
  values: SortValues,
  { parameters, reversed }: { readonly parameters: Parameters; readonly reversed: boolean },
): string {
  const columns = keys.map((key, at) => {
    const value = values[at] ?? null;
    return { ...key, value: value === null ? null : parameters.add(value, key.type) };
  });
  const signOf = ({ direction }: SortKey) => ((direction === 'asc') === reversed ? '<' : '>');
  return beyond(0);

  function beyond(from: number): string {
    const [first, ...others] = columns.slice(from);
    if (!first) return 'false';
    const sign = signOf(first);
    const tied = others.length > 0;
    if ([first, ...others].every((key) => !key.nullable && signOf(key) === sign)) {
      const rest = [first, ...others];
      if (!tied) return `${first.sql} ${sign} ${first.value}`;
      const row = `(${rest.map(({ sql }) => sql).join(', ')})`;
      const cursor = `(${rest.map(({ value }) => value).join(', ')})`;
      // By the first value alone Postgres guesses how many lie beyond, and beyond the only chain it guesses none.
      return `(${row} ${sign}= ${cursor} and ${row} <> ${cursor})`;
    }
    if (first.value === null) {
      const same = `(${first.sql} is null${tied ? ` and ${beyond(from + 1)}` : ' and false'})`;
      return reversed ? `(${first.sql} is not null or ${same})` : same;
    }
    const cases = [`${first.sql} ${sign} ${first.value}`];
    if (first.nullable && !reversed) cases.push(`${first.sql} is null`);
    if (tied) cases.push(`(${first.sql} = ${first.value} and ${beyond(from + 1)})`);
    const any = `(${cases.join(' or ')})`;
    const isBounded = from === 0 && !(first.nullable && !reversed);
    return isBounded ? `(${first.sql} ${sign}= ${first.value} and ${any})` : any;
  }
}
