/** One GraphQL request, however it is carried: an executor in this process or HTTP to another. */
export type Query = (
  document: string,
  variables?: Readonly<Record<string, unknown>>,
  options?: QueryOptions,
) => Promise<QueryResult>;

export interface QueryOptions {
  /** Whether to be told the files of what is asked for, in `extensions.exports`. */
  readonly exports?: boolean;
}

export interface QueryResult {
  readonly data?: unknown;
  readonly errors?: readonly QueryError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface QueryError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}
