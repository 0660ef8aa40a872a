/** Postgres stopped a statement that ran longer than the API allows. */
export class QueryTimeout extends Error {
  override readonly name = 'QueryTimeout';

  constructor(
    limitMs: number,
    readonly sql: string,
  ) {
    super(`The query took longer than ${limitMs / 1000} s and was stopped: ask for fewer rows or a narrower filter.`);
  }
}
