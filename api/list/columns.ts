import { columns as tables } from '../../schema/entities/columns.js';

/**
 * What a list may be filtered and sorted by. The entities say of which type a column is and whether it may be unknown, so a
 * definition gives a column its name in the API and says what it means, in one line.
 */
export interface ListColumn {
  readonly kind: Kind;
  /** SQL of the value; of an id of the chain's order, of each of its parts. */
  readonly sql: string;
  /** Type in Postgres of the value. */
  readonly type: string;
  readonly nullable: boolean;
  /** What it is, without a full stop: it stands before what each operator does. */
  readonly meaning: string;
  /** Parts of an id by its place in the chain. */
  readonly place?: readonly PlaceColumn[];
  /** Values of an enum. */
  readonly choice?: object;
  /** The condition under which its value is one of a list, where indexes need another one than the value gives. */
  readonly isAnyOf?: (list: string) => string;
  /** What is sorted by in its place, for its index: the same order. */
  readonly sortBy?: Value;
  /** A join that only its sort needs. */
  readonly join?: string;
  /** Only sorted by, or only filtered by. */
  readonly only?: 'sort' | 'filter';
  /** What stands for it now. */
  readonly deprecated?: string;
}

/**
 * `id` and `word` are kept in lower case, and compared in lower case; `text` is compared as it stands. `place` is an id made of
 * numbers, in the order of the chain.
 */
export type Kind =
  | 'id'
  | 'word'
  | 'text'
  | 'bytes'
  | 'int'
  | 'bigint'
  | 'decimal'
  | 'time'
  | 'boolean'
  | 'choice'
  | 'place';

export interface PlaceColumn {
  readonly sql: string;
  readonly type: 'bigint' | 'integer' | 'smallint';
}

/** SQL of a value with what is known of it: a column of a table, or an expression. */
export interface Value {
  readonly sql: string;
  readonly type: string;
  readonly nullable: boolean;
}

type Tables = typeof tables;

/** The columns of a table that a statement calls `alias`. */
export function columnsOf<Table extends keyof Tables>(
  table: Table,
  alias: string,
): { readonly [Name in keyof Tables[Table]]: Value } {
  const entries: [string, Value][] = Object.entries<Value>(tables[table]).map(([name, column]) => [
    name,
    { ...column, sql: `${alias}.${column.sql}` },
  ]);
  return Object.fromEntries(entries) as { readonly [Name in keyof Tables[Table]]: Value };
}

type Rest = Pick<ListColumn, 'sortBy' | 'join' | 'only' | 'deprecated'>;

/** A column whose type says all. */
export function plain(value: Value, meaning: string, rest: Rest = {}): ListColumn {
  const kind = kinds[value.type];
  if (!kind) throw new Error(`Expected a column of a type that lists know, got ${value.type} of ${value.sql}.`);
  return { kind, ...value, meaning, ...rest };
}

const kinds: Readonly<Record<string, Kind>> = {
  text: 'text',
  bytea: 'bytes',
  smallint: 'int',
  integer: 'int',
  bigint: 'bigint',
  numeric: 'bigint',
  timestamptz: 'time',
  boolean: 'boolean',
};

/** A public id. */
export function id(value: Value, meaning: string): ListColumn {
  return { kind: 'id', ...value, meaning };
}

/** A word of the protocol or of ours, in lower case. */
export function word(value: Value, meaning: string): ListColumn {
  return { kind: 'word', ...value, meaning };
}

/** Bytes: an address in text, or what the column holds. */
export function bytes(value: Value, meaning: string): ListColumn {
  return { kind: 'bytes', ...value, meaning };
}

/** A number with digits after the point. */
export function decimal(value: Value, meaning: string): ListColumn {
  return { kind: 'decimal', ...value, meaning };
}

/** One of a closed set of values. */
export function choice(
  values: object,
  value: Value,
  meaning: string,
  rest: Pick<ListColumn, 'isAnyOf' | 'only'> = {},
): ListColumn {
  return { kind: 'choice', choice: values, ...value, meaning, ...rest };
}

/** The id of what stems from a log or a block: `<chain>-<height>-<log>`, with `-<part>` for a further row of the same log. */
export function place(alias: string, shape: 'block' | 'log' | 'part'): ListColumn {
  const parts = placeParts.slice(0, { block: 2, log: 3, part: 4 }[shape]);
  return {
    kind: 'place',
    sql: `(${parts.map(({ sql }) => `${alias}.${sql}`).join(', ')})`,
    type: 'record',
    nullable: false,
    meaning: 'Id, in the order of the chain',
    place: parts.map(({ sql, type }) => ({ sql: `${alias}.${sql}`, type })),
  };
}

const placeParts: readonly PlaceColumn[] = [
  { sql: 'chain_id', type: 'bigint' },
  { sql: 'height', type: 'bigint' },
  { sql: 'log_index', type: 'integer' },
  { sql: 'part', type: 'smallint' },
];
