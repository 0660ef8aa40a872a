import type { Snapshot } from '../database/openSnapshot.js';
import { toKeyed } from '../database/toKeyed.js';
import { countAnomalies, listAnomaliesOfChains } from '../domains/anomaly/anomalyQueries.js';
import { listMachinesOfProviders } from '../domains/capacity/capacityQueries.js';
import {
  countQuarantined,
  listDigests,
  listEndpointsOfChains,
  listParentHashes,
  listVerifiedRangesOfChains,
  listVerifiedShares,
} from '../domains/chain/chainQueries.js';
import { listEventsOfJobs } from '../domains/event/eventQueries.js';
import {
  listJobsById,
  listJobsOfProviders,
  listPaidByJob,
  listSettledPrices,
  listStepsOfJobs,
} from '../domains/job/jobQueries.js';
import { listRunOuts } from '../domains/job/runOutQueries.js';
import { groupWindowsOfProviders } from '../domains/metric/windowQueries.js';
import {
  listFailedOfNetworks,
  listNetworksById,
  listNetworksOfChains,
  listRegionsOfNetworks,
} from '../domains/network/networkQueries.js';
import { listPayoutsOfJobs, listPayoutsOfProviders } from '../domains/payout/payoutQueries.js';
import { listBuyersOfProviders } from '../domains/provider/buyerQueries.js';
import {
  listFailedOfProviders,
  listLatestPrices,
  listNodesOfProviders,
  listProvidersById,
} from '../domains/provider/providerQueries.js';
import { listBidsOfNetworks, listPricesOfProviders } from '../domains/provider/quoteQueries.js';
import { listStakeChangesOfProviders } from '../domains/stake/stakeChangeQueries.js';
import { listAttemptsOfTasks, listTasksOfJobs, listVerificationsOfTasks } from '../domains/task/taskQueries.js';
import { listTokensById } from '../domains/token/tokenQueries.js';
import { byFeed } from './byFeed.js';
import { byId } from './byId.js';
import { byParent } from './byParent.js';
import { createHeartbeatLoaders } from './createHeartbeatLoaders.js';
import { createScoreLoaders } from './createScoreLoaders.js';
import { sharedById } from './shared.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: every relation of a level becomes one statement, and a row is read once. In the past (`isPast`) none are shared. */
export function createLoaders(database: Snapshot, { now, isPast }: { readonly now: Date; readonly isPast: boolean }) {
  const keyed = toKeyed(database);
  const take = () => (isPast ? undefined : database.take());
  return {
    chain: byId((_: readonly number[]) => database.listChains()),
    quarantined: byId((ids: readonly number[]) => countQuarantined(keyed, ids)),
    anomalyCount: byId((ids: readonly number[]) => countAnomalies(keyed, ids)),
    anomaliesOfChain: byParent((keys) => listAnomaliesOfChains(keyed, keys)),
    parentHashOfChain: byId((ids: readonly number[]) => listParentHashes(keyed, ids)),
    digestOfChain: byId((ids: readonly number[]) => listDigests(keyed, ids)),
    verifiedShareOfChain: byId((ids: readonly number[]) => listVerifiedShares(keyed, ids)),
    verifiedRangesOfChain: byParent((keys) => listVerifiedRangesOfChains(keyed, keys)),
    endpointsOfChain: byParent((keys) => listEndpointsOfChains(keyed, keys)),
    network: sharedById('network', take, (ids) => listNetworksById(keyed, ids)),
    networksOfChain: byParent((keys) => listNetworksOfChains(keyed, keys)),
    feedAnswer: byFeed(database),
    token: sharedById('token', take, (ids) => listTokensById(keyed, ids)),
    provider: sharedById('provider', take, (ids) => listProvidersById(keyed, ids)),
    failedOfNetwork: sharedById('failedOfNetwork', take, (ids) => listFailedOfNetworks(keyed, ids)),
    failedOfProvider: sharedById('failedOfProvider', take, (ids) => listFailedOfProviders(keyed, ids)),
    windowsOfProvider: sharedById('windowsOfProvider', take, (ids) => groupWindowsOfProviders(keyed, ids)),
    regionsOfNetwork: sharedById('regionsOfNetwork', take, (ids) => listRegionsOfNetworks(database, ids)),
    latestPrice: sharedById('latestPrice', take, (ids) => listLatestPrices(keyed, ids)),
    bidsOfNetwork: byParent((keys) => listBidsOfNetworks(keyed, keys)),
    pricesOfProvider: byParent((keys) => listPricesOfProviders(keyed, keys)),
    nodesOfProvider: byParent((keys) => listNodesOfProviders(keyed, keys)),
    machinesOfProvider: byId((ids: readonly string[]) => listMachinesOfProviders(database, ids)),
    buyersOfProvider: byId((ids: readonly string[]) => listBuyersOfProviders(keyed, ids)),
    job: byId((ids: readonly string[]) => listJobsById(keyed, ids)),
    jobsOfProvider: byParent((keys) => listJobsOfProviders(keyed, keys)),
    paidByJob: byId((ids: readonly string[]) => listPaidByJob(keyed, ids)),
    settledPriceOfJob: byId((ids: readonly string[]) => listSettledPrices(keyed, ids)),
    runOutOfJob: byId((ids: readonly string[]) => listRunOuts(keyed, ids)),
    stepsOfJob: byParent((keys) => listStepsOfJobs(keyed, keys)),
    eventsOfJob: byParent((keys) => listEventsOfJobs(keyed, keys)),
    tasksOfJob: byParent((keys) => listTasksOfJobs(keyed, keys)),
    attemptsOfTask: byParent((keys) => listAttemptsOfTasks(keyed, keys)),
    verificationsOfTask: byParent((keys) => listVerificationsOfTasks(keyed, keys)),
    payoutsOfProvider: byParent((keys) => listPayoutsOfProviders(keyed, keys)),
    payoutsOfJob: byParent((keys) => listPayoutsOfJobs(keyed, keys)),
    stakeChangesOfProvider: byParent((keys) => listStakeChangesOfProviders(keyed, keys)),
    ...createHeartbeatLoaders(database, { now, take }),
    ...createScoreLoaders(database),
  };
}
