import DataLoader from 'dataloader';
import type { ChildRow, ParentKey } from '../database/perParent.js';

/** Loads child lists by parent, many in one statement even where they ask for different lengths. */
export function byParent<Row>(
  list: (keys: readonly ParentKey[]) => Promise<readonly ChildRow<Row>[]>,
): DataLoader<ParentKey, readonly Row[], string> {
  return new DataLoader<ParentKey, readonly Row[], string>(
    async (keys) => {
      const children: ChildRow<Row>[][] = keys.map(() => []);
      for (const row of await list(keys)) children[row.ordinal - 1]?.push(row);
      return children;
    },
    { cacheKeyFn: ({ parent, first }) => `${first} ${parent}` },
  );
}
