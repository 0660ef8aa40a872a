import DataLoader from 'dataloader';
import type { Generation } from '../database/createGenerations.js';
import { once } from './once.js';

/** What answers of one snapshot have read by id; an id without a row is null. */
type Rows<Row> = Map<string, Row | null>;

/**
 * As `byId`, of rows that answers share which are of one snapshot: networks, providers and tokens are few, and most answers name them. `name`
 * is that of the rows; `take` gives the snapshot that they are of, undefined where they are shared with nobody.
 */
export function sharedById<Row extends { readonly id: string }>(
  name: string,
  take: () => Generation | undefined,
  list: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader<string, Row | null>(async (ids) => {
    const known = findRows<Row>(name, take());
    const missing = ids.filter((id) => !known.has(id));
    const read = new Map((missing.length > 0 ? await list(missing) : []).map((row) => [row.id, row]));
    for (const id of missing) if (known.size < MAX_ROWS) known.set(id, read.get(id) ?? null);
    return ids.map((id) => read.get(id) ?? known.get(id) ?? null);
  });
}

/** As `once`, of what answers of one snapshot share. */
export function sharedOnce<Value>(
  name: string,
  take: () => Generation | undefined,
  load: () => Promise<Value>,
): () => Promise<Value> {
  return once(async () => {
    const known = findRows<Value>('once', take());
    const value = known.get(name) ?? (await load());
    known.set(name, value);
    return value;
  });
}

const moments = new WeakMap<Generation, Map<string, Rows<unknown>>>();

function findRows<Row>(name: string, generation: Generation | undefined): Rows<Row> {
  if (!generation) return new Map();
  const ofMoment = moments.get(generation) ?? new Map<string, Rows<unknown>>();
  moments.set(generation, ofMoment);
  const rows = ofMoment.get(name) ?? new Map<string, unknown>();
  ofMoment.set(name, rows);
  return rows as Rows<Row>;
}

/** Of one name: some ten megabytes, for a second. */
const MAX_ROWS = 10_000;
