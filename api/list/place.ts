import type { PlaceColumn } from './columns.js';
import type { Parameters } from './Parameters.js';

/** Where a fact stands: chain, height, log and part, as far as its id has them. */
export type Place = readonly number[];

/** Undefined: no row of a table with these parts has such an id. The part may be left out where it is 0. */
export function parsePlace(id: unknown, columns: readonly PlaceColumn[]): Place | undefined {
  const match = /^(\d{1,15})-(\d{1,15})(?:-(\d{1,9}))?(?:-(\d{1,4}))?$/.exec(String(id));
  const numbers = match?.slice(1).filter((digits) => digits !== undefined);
  if (!numbers) return undefined;
  const isWhole = numbers.length === columns.length || (numbers.length === 3 && columns.length === 4);
  return isWhole ? columns.map((_, at) => Number(numbers[at] ?? 0)) : undefined;
}

/** Compares rows by all parts of an id at once, which the key of the table serves. */
export function toPlaceCondition(
  columns: readonly PlaceColumn[],
  sign: string,
  places: readonly Place[],
  parameters: Parameters,
): string {
  const row = `(${columns.map(({ sql }) => sql).join(', ')})`;
  const [only] = places;
  if (sign === 'in' || sign === 'not in') {
    const lists = columns.map(({ type }, at) =>
      parameters.add(
        places.map((place) => place[at] ?? 0),
        `${type}[]`,
      ),
    );
    return `${row} ${sign} (select * from unnest(${lists.join(', ')}))`;
  }
  const values = columns.map(({ type }, at) => parameters.add(only?.[at] ?? 0, type));
  const cursor = `(${values.join(', ')})`;
  // By the first value alone Postgres guesses how many lie beyond, and beyond the only chain it guesses none.
  return sign.length > 1 ? `${row} ${sign} ${cursor}` : `(${row} ${sign}= ${cursor} and ${row} <> ${cursor})`;
}
