/** A column of a file: what it is called, what it means, and where its value comes from. */
export interface ExportColumn {
  /** As a query reaches it: `status`, `provider.id`. */
  readonly name: string;
  readonly kind: ValueKind;
  /** As the schema writes it: `BigInt!`. */
  readonly type: string;
  /** With its unit. */
  readonly description: string;
  /** SQL of the value, beside the tables that the list reads. Absent: the list's statement selects it by this name. */
  readonly sql?: string;
  /** What `sql` needs to be joined, each once. */
  readonly joins?: readonly Join[];
  /** Type in Postgres, where it is known, or `PLACE`: it decides the type in Parquet, and how bytes are written. */
  readonly stored?: string;
  /** Only where it is asked for. */
  readonly isExtra?: boolean;
}

export interface Join {
  readonly alias: string;
  /** A select, which may speak of the row. */
  readonly sql: string;
}

export type ValueKind =
  | 'id'
  | 'text'
  | 'choice'
  | 'bytes'
  | 'int'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'time'
  | 'json';

/** Numbers with - between them. */
export const PLACE = 'place';

/** By name, in the order of the schema. */
export type ExportColumns = ReadonlyMap<string, ExportColumn>;

/** What a select of rows calls a column's value: its statement may select another one by that name. */
export function toAlias({ name, sql }: ExportColumn): string {
  return sql === undefined ? `"${name}"` : `"${name} of the file"`;
}
