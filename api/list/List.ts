import type { Database } from '../database/createDatabase.js';
import type { Kind, ListColumn } from './columns.js';

/** All that a list of a noun is: filters, sorts, types, statements and fields of the API follow from it. */
export interface List {
  /** The noun in the API, such as `Job`: `JobWhere` and `JobOrderBy` are named after it. */
  readonly name: string;
  /** The field, such as `jobs`. */
  readonly field: string;
  readonly description: string;
  /** The field of one row by its id, such as `task`; absent: it has none, or one of its own. */
  readonly one?: string;
  /** The class of a row in the API. */
  readonly type: object;
  /** What a statement selects, and from where. */
  readonly columns: string;
  readonly from: string;
  /** A part of `from` that need not be read for rows that are skipped. */
  readonly lookup?: Lookup;
  /**
   * Names of the columns that fields are made of which are no column themselves, by the names of these fields; for one that is neither, all
   * columns are read.
   */
  readonly reads?: Readonly<Record<string, readonly string[]>>;
  /** Names of the columns that `toRows` reads; absent, where there is a `toRows`: all of them. */
  readonly always?: readonly string[];
  /** By their names in the API. */
  readonly by: Readonly<Record<string, ListColumn>>;
  readonly filters?: Readonly<Record<string, SpecialFilter>>;
  /** By the name of the column that refers to it: `provider` is asked for as `provider_`. */
  readonly relations?: Readonly<Record<string, Relation>>;
  readonly order: { readonly by: string; readonly direction: Direction };
  /** Settles equal sort keys: no two rows are equal in it. `same` goes the way of the sort. */
  readonly tie: readonly TieKey[];
  /** The network that a row belongs to, in SQL; absent: it belongs to none, or to its chain alone. */
  readonly network?: string;
  /** Counts that are kept, by the columns that are filtered by, in alphabetical order: each as SQL of one number. */
  readonly counts?: Readonly<Record<string, KeptCount>>;
  /** What becomes of rows before they are answered, such as their ids. */
  readonly toRows?: (rows: readonly never[]) => readonly object[];
}

/** Fields that are looked up by what refers to them. */
export const references: Readonly<Record<string, readonly string[]>> = {
  network: ['networkId'],
  provider: ['providerId'],
  job: ['jobId'],
  token: ['tokenId'],
};

/** Fields that are looked up by the row's id alone. */
export function readById(fields: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(fields.map((name) => [name, ['id']]));
}

/** What finds exactly one row for each: where neither filter nor sort name it, it is joined to the rows of a page alone. */
export interface Lookup {
  /** `from` without it. */
  readonly rows: string;
  /** What `rows` calls its table. */
  readonly alias: string;
  readonly join: string;
  /** Whether SQL names what is looked up. */
  readonly isNamed: RegExp;
}

/** Where statements go. */
export type Door = Pick<Database, 'query'>;

export type Direction = 'asc' | 'desc';

export interface TieKey {
  readonly sql: string;
  readonly type: string;
  readonly direction: Direction | 'same';
}

/** `of` gives SQL of the list of values that are asked for of a column. */
export type KeptCount = (of: (column: string) => string) => string;

/** A filter that is not about a value of the row. */
export interface SpecialFilter {
  readonly kind: Exclude<Kind, 'choice' | 'place'>;
  /** The whole description. */
  readonly description: string;
  /** Of what SQL takes in place of the value. */
  readonly type: string;
  /** What SQL takes in place of a value; for this the database may be asked, once for a statement. */
  readonly load: (database: Door) => Promise<(value: unknown) => unknown>;
  readonly holds: (value: string) => string;
}

/** Rows of another noun that a row refers to, or that refer to it. */
export interface Relation {
  /** Name of the other list. */
  readonly to: string;
  readonly meaning: string;
  /** How the two meet, by the aliases of both. */
  readonly on: string;
}
