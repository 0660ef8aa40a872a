import DataLoader from 'dataloader';
import type { Database } from '../database/createDatabase.js';
import { type AnswerKey, type AnswerRow, listAnswers } from '../domains/usd/usdQueries.js';

/** Loads what feeds had said by facts' places: one statement for each feed, however many facts ask. */
export function byFeed(database: Database): DataLoader<AnswerKey, AnswerRow, string> {
  return new DataLoader<AnswerKey, AnswerRow, string>(
    async (keys) => {
      const groups = new Map<string, number[]>();
      for (const [at, { chainId, feed }] of keys.entries()) {
        const name = `${chainId} ${feed}`;
        const positions = groups.get(name);
        if (positions) positions.push(at);
        else groups.set(name, [at]);
      }
      const answers = new Array<AnswerRow>(keys.length);
      for (const positions of groups.values()) await answer(positions);
      return answers;

      async function answer(positions: readonly number[]): Promise<void> {
        const asked = positions.flatMap((at) => keys[at] ?? []);
        const [first] = asked;
        if (!first) return;
        for (const row of await listAnswers(database, first, asked)) {
          const at = positions[row.ordinal - 1];
          if (at !== undefined) answers[at] = row;
        }
      }
    },
    {
      cacheKeyFn: ({ chainId, height, logIndex, at, feed }) =>
        `${chainId}-${height}-${logIndex} ${at.getTime()} ${feed}`,
    },
  );
}
