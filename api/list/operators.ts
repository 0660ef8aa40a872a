import type { Kind } from './columns.js';

/** One way to compare: what is put behind the name of a column, and what it then says. */
export interface Operator {
  readonly suffix: string;
  readonly phrase: string;
  readonly takes: 'one' | 'list';
}

/** As in graph-node. Unknown values answer to no comparison, and to null alone. */
const equal: Operator = { suffix: '', phrase: 'is this', takes: 'one' };
const unequal: Operator = { suffix: '_not', phrase: 'is known and not this', takes: 'one' };
const among: Operator = { suffix: '_in', phrase: 'is one of these', takes: 'list' };
const notAmong: Operator = { suffix: '_not_in', phrase: 'is known and none of these', takes: 'list' };

const ordered: readonly Operator[] = [
  { suffix: '_gt', phrase: 'is more than this', takes: 'one' },
  { suffix: '_gte', phrase: 'is this or more', takes: 'one' },
  { suffix: '_lt', phrase: 'is less than this', takes: 'one' },
  { suffix: '_lte', phrase: 'is this or less', takes: 'one' },
];

const contained: readonly Operator[] = [
  { suffix: '_contains', phrase: 'contains this', takes: 'one' },
  { suffix: '_not_contains', phrase: 'is known and does not contain this', takes: 'one' },
];

const textual: readonly Operator[] = [
  ...contained,
  { suffix: '_contains_nocase', phrase: 'contains this in any letter case', takes: 'one' },
  { suffix: '_not_contains_nocase', phrase: 'is known and does not contain this in any letter case', takes: 'one' },
  { suffix: '_starts_with', phrase: 'starts with this', takes: 'one' },
  { suffix: '_starts_with_nocase', phrase: 'starts with this in any letter case', takes: 'one' },
  { suffix: '_not_starts_with', phrase: 'is known and does not start with this', takes: 'one' },
  {
    suffix: '_not_starts_with_nocase',
    phrase: 'is known and does not start with this in any letter case',
    takes: 'one',
  },
  { suffix: '_ends_with', phrase: 'ends with this', takes: 'one' },
  { suffix: '_ends_with_nocase', phrase: 'ends with this in any letter case', takes: 'one' },
  { suffix: '_not_ends_with', phrase: 'is known and does not end with this', takes: 'one' },
  { suffix: '_not_ends_with_nocase', phrase: 'is known and does not end with this in any letter case', takes: 'one' },
];

const sets = [equal, unequal, among, notAmong];
const comparable = [...sets, ...ordered];

export const operators: Readonly<Record<Kind, readonly Operator[]>> = {
  id: comparable,
  place: comparable,
  int: comparable,
  bigint: comparable,
  decimal: comparable,
  time: comparable,
  word: [...comparable, ...textual],
  text: [...comparable, ...textual],
  bytes: [...comparable, ...contained],
  boolean: sets,
  choice: sets,
};
