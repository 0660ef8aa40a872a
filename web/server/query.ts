/** One GraphQL request, however it is carried: an executor in this process or HTTP to another. */
export type Query = (document: string, variables?: Readonly<Record<string, unknown>>) => Promise<QueryResult>;

export interface QueryResult {
  readonly data?: unknown;
  readonly errors?: readonly QueryError[];
}

export interface QueryError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}
