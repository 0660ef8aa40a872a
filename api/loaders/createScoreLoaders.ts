import DataLoader from 'dataloader';
import { UserError } from '../../schema/lib/errors.js';
import type { Database } from '../database/createDatabase.js';
import type { ChildRow } from '../database/perParent.js';
import { listJobsOfTasks } from '../domains/score/explanationQueries.js';
import { listCrowds, listHistories } from '../domains/score/historyQueries.js';
import { listMembersOfOperators, listOperatorsOfProviders } from '../domains/score/operatorQueries.js';
import {
  listRemovedOfNetworks,
  listRemovedOfProviders,
  type PageKey,
  type RemovedRow,
} from '../domains/score/removedQueries.js';
import { listScores } from '../domains/score/scoreQueries.js';
import { listStandings, type StandingKey, type StandingRow } from '../domains/score/standingQueries.js';
import { byId } from './byId.js';
import { byParent } from './byParent.js';

export function createScoreLoaders(database: Database) {
  return {
    jobOfTask: byId((ids: readonly string[]) => listJobsOfTasks(database, ids)),
    scoresOfProvider: byParent((keys) => listScores(database, 'provider', keys)),
    scoresOfOperator: byParent((keys) => listScores(database, 'operator', keys)),
    standingOfScore: byStanding(database),
    operatorOfProvider: byId((ids: readonly string[]) => listOperatorsOfProviders(database, ids)),
    membersOfOperator: byParent((keys) => listMembersOfOperators(database, keys)),
    historyOfProvider: byId(async (ids: readonly string[]) => {
      assertAtMost(MAX_HISTORIES, ids.length, `\`otherFormulas\` of at most ${MAX_HISTORIES} providers`);
      return listHistories(database, ids);
    }),
    crowdOfNetwork: byId((ids: readonly string[]) => listCrowds(database, ids)),
    removedOfNetwork: byPage((keys) => listRemovedOfNetworks(database, keys)),
    removedOfProvider: byPage((keys) => listRemovedOfProviders(database, keys)),
  };
}

/** Each reads all that a provider ever did: some are the whole market. */
const MAX_HISTORIES = 20;
/** Each reads all scores of a network. */
const MAX_HOURS = 100;

function assertAtMost(most: number, asked: number, what: string): void {
  if (asked <= most) return;
  throw new UserError(`Expected ${what} in one query, got those of ${asked}: ask in several.`);
}

function byStanding(database: Database): DataLoader<StandingKey, StandingRow | null, string> {
  return new DataLoader<StandingKey, StandingRow | null, string>(
    async (keys) => {
      assertAtMost(
        MAX_HOURS,
        new Set(keys.map(({ hour }) => hour)).size,
        `\`standing\` of scores of at most ${MAX_HOURS} times`,
      );
      const found = new Map((await listStandings(database, keys)).map((row) => [row.ordinal, row]));
      return keys.map((_, index) => found.get(index + 1) ?? null);
    },
    { cacheKeyFn: ({ subjectKey, hour }) => `${subjectKey} ${hour}` },
  );
}

/** As `byParent`, of lists that are read from a place on. */
function byPage(
  list: (keys: readonly PageKey[]) => Promise<readonly ChildRow<RemovedRow>[]>,
): DataLoader<PageKey, readonly RemovedRow[], string> {
  return new DataLoader<PageKey, readonly RemovedRow[], string>(
    async (keys) => {
      const pages: RemovedRow[][] = keys.map(() => []);
      for (const row of await list(keys)) pages[row.ordinal - 1]?.push(row);
      return pages;
    },
    { cacheKeyFn: ({ parent, first, skip }) => `${first} ${skip} ${parent}` },
  );
}
