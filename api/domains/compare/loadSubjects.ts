import { assert } from '../../../schema/lib/assert.js';
import type { Machine, Workload } from '../../../schema/metrics/formulas/rank/Candidate.js';
import { findSuited } from '../../../schema/metrics/formulas/rank/findSuited.js';
import { toDecimal } from '../../../schema/prices/usd.js';
import type { Context } from '../../createContext.js';
import { listWindowsOfProviders } from '../metric/windowQueries.js';
import { groupBy, type KnownCandidate, loadCandidates } from '../rank/loadCandidates.js';
import { listMarkets } from '../rank/rankQueries.js';
import { listPrices } from '../rank/toRanking.js';
import { listMetrics } from './compareQueries.js';
import { METRIC_DAYS } from './metricSpecs.js';
import type { Subject } from './Subject.js';

const MS_PER_DAY = 86_400_000;

/** Everything about providers that exist, in the order of their ids; a statement for each kind of thing. */
export async function loadSubjects(
  context: Context,
  providers: readonly Subject['provider'][],
): Promise<readonly Subject[]> {
  const { database, now } = context;
  const ids = providers.map(({ id }) => id);
  const networks = [...new Set(providers.map(({ networkId }) => networkId))];
  const [candidates, metrics, windows] = await Promise.all([
    listMarkets(database, networks).then((markets) => loadCandidates(context, markets, ids)),
    listMetrics(database, ids, { day: Math.floor(now.getTime() / MS_PER_DAY), days: METRIC_DAYS }),
    listWindowsOfProviders(database, ids),
  ]);
  const ofMetrics = groupBy(metrics, ({ providerId }) => providerId);
  return Promise.all(
    providers.map(async (provider): Promise<Subject> => {
      const { loaders } = context;
      const [network, failed, latest, scores] = await Promise.all([
        loaders.network.load(provider.networkId),
        loaders.failedOfProvider.load(provider.id),
        loaders.latestPrice.load(provider.id),
        loaders.scoresOfProvider.load({ parent: provider.id, first: 1 }),
      ]);
      const candidate = candidates.find(({ id }) => id === provider.id);
      assert(network && candidate, `a network and a record of ${provider.id}`);
      const token = latest && (await loaders.token.load(latest.tokenId));
      return {
        ...{ provider, candidate, ...toOffer(candidate), windows: windows.filter(({ id }) => id === provider.id) },
        tasksFailed: failed?.failed ?? null,
        network: network as Subject['network'],
        latestPrice:
          latest && token
            ? {
                ...{
                  unit: latest.unit,
                  at: latest.place.at,
                  token: token as NonNullable<Subject['latestPrice']>['token'],
                },
                amount: toDecimal(BigInt(latest.amount), latest.scale ?? token.decimals),
              }
            : null,
        score: scores[0] ?? null,
        metrics: new Map((ofMetrics.get(provider.id) ?? []).map((row) => [row.metric, row])),
      };
    }),
  );
}

/** Prices are, as in a ranking for anything, of machines that may be true and are there, or of all such where none is there. */
function toOffer(candidate: KnownCandidate): Pick<Subject, 'there' | 'prices'> {
  const listThere = <Some extends Machine>(machines: readonly Some[]) =>
    machines.filter(({ isOnline }) => isOnline ?? !candidate.isHeard);
  const { machines: suited } = findSuited(candidate, ANYTHING);
  const suitedThere = listThere(suited);
  const machines = suitedThere.length > 0 ? suitedThere : suited;
  return { there: listThere(candidate.machines), prices: listPrices({ candidate, machines }, 1) };
}

const ANYTHING: Workload = {
  ...{ model: null, minVramGib: null, gpuCount: 1, regionsIn: null, regionsOut: [], minSuccess: null, maxPrice: null },
};
