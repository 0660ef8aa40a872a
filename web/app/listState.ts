/** The state of a list lives in its URL: sort, direction, filters, page. Unknown values fall back, never fail. */

export const PAGE_SIZE = 50;
/** The API skips at most 5,000 rows; who looks further narrows the list. */
export const LAST_PAGE = 5_000 / PAGE_SIZE + 1;

export type Direction = 'asc' | 'desc';

export interface Sorting<Key extends string> {
  readonly key: Key;
  readonly direction: Direction;
}

export function readSorting<Key extends string>(
  params: URLSearchParams,
  keys: readonly Key[],
  fallback: Sorting<Key>,
): Sorting<Key> {
  const key = readChoice(params, 'sort', keys) ?? fallback.key;
  const direction = readChoice(params, 'dir', ['asc', 'desc'] as const);
  return { key, direction: direction ?? (key === fallback.key ? fallback.direction : 'desc') };
}

export function readChoice<Choice extends string>(
  params: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = params.get(name);
  return choices.find((choice) => choice === value);
}

/** An id as it may stand in a filter or a path; what cannot be one is as if it were not there. */
export function parseId(text: string | null | undefined): string | undefined {
  return text && text.length <= 300 && !/\p{Cc}/u.test(text) ? text : undefined;
}

/** The network a list is narrowed to, in the one letter case ids have. */
export function readNetwork(params: URLSearchParams): string | undefined {
  return parseId(params.get('network'))?.toLowerCase();
}

export function readPage(params: URLSearchParams): number {
  const page = Number(params.get('page') ?? 1);
  return Number.isInteger(page) && page >= 1 ? Math.min(page, LAST_PAGE) : 1;
}

/** One row more than a page shows whether another page follows. */
export function toWindow(page: number): { first: number; skip: number } {
  return { first: PAGE_SIZE + 1, skip: (page - 1) * PAGE_SIZE };
}

export function splitWindow<Row>(rows: readonly Row[], page: number): { rows: readonly Row[]; hasNext: boolean } {
  return { rows: rows.slice(0, PAGE_SIZE), hasNext: rows.length > PAGE_SIZE && page < LAST_PAGE };
}

/** The same query string with some values changed; null removes one. Keeps the rest, so links never lose a filter. */
export function toSearch(params: URLSearchParams, changes: Readonly<Record<string, string | number | null>>): string {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, String(value));
  }
  for (const [name, value] of [...next]) if (value === '') next.delete(name);
  const text = next.toString();
  return text ? `?${text}` : '?';
}
