import DataLoader from 'dataloader';

/** Loads rows by id, many in one statement; an id without a row is null. */
export function byId<Id extends string | number, Row extends { readonly id: Id }>(
  list: (ids: readonly Id[]) => Promise<readonly Row[]>,
): DataLoader<Id, Row | null> {
  return new DataLoader<Id, Row | null>(async (ids) => {
    const rows = new Map((await list(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}
