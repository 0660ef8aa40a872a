/** One child list to load: the rows of `parent`, at most `first` of them. */
export interface ParentKey {
  readonly parent: string;
  readonly first: number;
}

/** `ordinal` says which key a row answers, from 1. */
export type ChildRow<Row> = Row & { readonly ordinal: number };

/**
 * One statement for the child lists of many parents. `select` filters by `k.parent` and ends in its `order by`; the
 * lateral join runs it once per key and keeps that order.
 */
export function perParent(select: string): string {
  return `
    select k.ordinal, child.*
    from unnest($1::text[], $2::int[]) with ordinality as k (parent, first, ordinal)
    cross join lateral (${select} limit k.first) as child
  `;
}

export function toParentParameters(keys: readonly ParentKey[]): readonly unknown[] {
  return [keys.map((key) => key.parent), keys.map((key) => key.first)];
}
