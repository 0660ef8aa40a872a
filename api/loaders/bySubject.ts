import DataLoader from 'dataloader';
import type { ChildRow } from '../database/perParent.js';
import type { Subject } from '../domains/heartbeat/subjects.js';

/** A question about many subjects of one kind; `ordinal` of the rows says which of `ids` they answer, from 1. */
export interface SubjectsQuestion<Key extends Subject> {
  /** Any of the keys: apart from their ids they are alike. */
  readonly like: Key;
  readonly ids: readonly string[];
}

/** Loads what is known of nodes and providers: one statement for all that are asked the same, none or more rows for each. */
export function bySubject<Key extends Subject, Row>(
  list: (question: SubjectsQuestion<Key>) => Promise<readonly (Row & { readonly ordinal: number })[]>,
): DataLoader<Key, readonly Row[], string> {
  return new DataLoader<Key, readonly Row[], string>(
    async (keys) => {
      const answers: ChildRow<Row>[][] = keys.map(() => []);
      const groups = new Map<string, number[]>();
      for (const [at, key] of keys.entries()) {
        const positions = groups.get(toGroup(key));
        if (positions) positions.push(at);
        else groups.set(toGroup(key), [at]);
      }
      await Promise.all([...groups.values()].map(answer));
      return answers;

      async function answer(positions: readonly number[]): Promise<void> {
        const asked = positions.flatMap((at) => keys[at] ?? []);
        const [like] = asked;
        if (!like) return;
        for (const row of await list({ like, ids: asked.map(({ id }) => id) })) {
          const at = positions[row.ordinal - 1];
          if (at !== undefined) answers[at]?.push(row);
        }
      }
    },
    { cacheKeyFn: (key) => `${toGroup(key)} ${key.id}` },
  );
}

/** What is asked, apart from of whom. */
function toGroup(key: Subject): string {
  return JSON.stringify({ ...key, id: undefined });
}
