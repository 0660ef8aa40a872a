import type { Snapshot } from '../database/openSnapshot.js';
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

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: every relation of a level becomes one statement, and a row is read once. */
export function createLoaders(database: Snapshot, now: Date) {
  return {
    chain: byId((_: readonly number[]) => database.listChains()),
    quarantined: byId((ids: readonly number[]) => countQuarantined(database, ids)),
    anomalyCount: byId((ids: readonly number[]) => countAnomalies(database, ids)),
    anomaliesOfChain: byParent((keys) => listAnomaliesOfChains(database, keys)),
    parentHashOfChain: byId((ids: readonly number[]) => listParentHashes(database, ids)),
    digestOfChain: byId((ids: readonly number[]) => listDigests(database, ids)),
    verifiedShareOfChain: byId((ids: readonly number[]) => listVerifiedShares(database, ids)),
    verifiedRangesOfChain: byParent((keys) => listVerifiedRangesOfChains(database, keys)),
    endpointsOfChain: byParent((keys) => listEndpointsOfChains(database, keys)),
    network: byId((ids: readonly string[]) => listNetworksById(database, ids)),
    networksOfChain: byParent((keys) => listNetworksOfChains(database, keys)),
    feedAnswer: byFeed(database),
    token: byId((ids: readonly string[]) => listTokensById(database, ids)),
    provider: byId((ids: readonly string[]) => listProvidersById(database, ids)),
    failedOfNetwork: byId((ids: readonly string[]) => listFailedOfNetworks(database, ids)),
    failedOfProvider: byId((ids: readonly string[]) => listFailedOfProviders(database, ids)),
    windowsOfProvider: byId((ids: readonly string[]) => groupWindowsOfProviders(database, ids)),
    regionsOfNetwork: byId((ids: readonly string[]) => listRegionsOfNetworks(database, ids)),
    latestPrice: byId((ids: readonly string[]) => listLatestPrices(database, ids)),
    bidsOfNetwork: byParent((keys) => listBidsOfNetworks(database, keys)),
    pricesOfProvider: byParent((keys) => listPricesOfProviders(database, keys)),
    nodesOfProvider: byParent((keys) => listNodesOfProviders(database, keys)),
    machinesOfProvider: byId((ids: readonly string[]) => listMachinesOfProviders(database, ids)),
    buyersOfProvider: byId((ids: readonly string[]) => listBuyersOfProviders(database, ids)),
    job: byId((ids: readonly string[]) => listJobsById(database, ids)),
    jobsOfProvider: byParent((keys) => listJobsOfProviders(database, keys)),
    paidByJob: byId((ids: readonly string[]) => listPaidByJob(database, ids)),
    settledPriceOfJob: byId((ids: readonly string[]) => listSettledPrices(database, ids)),
    runOutOfJob: byId((ids: readonly string[]) => listRunOuts(database, ids)),
    stepsOfJob: byParent((keys) => listStepsOfJobs(database, keys)),
    eventsOfJob: byParent((keys) => listEventsOfJobs(database, keys)),
    tasksOfJob: byParent((keys) => listTasksOfJobs(database, keys)),
    attemptsOfTask: byParent((keys) => listAttemptsOfTasks(database, keys)),
    verificationsOfTask: byParent((keys) => listVerificationsOfTasks(database, keys)),
    payoutsOfProvider: byParent((keys) => listPayoutsOfProviders(database, keys)),
    payoutsOfJob: byParent((keys) => listPayoutsOfJobs(database, keys)),
    stakeChangesOfProvider: byParent((keys) => listStakeChangesOfProviders(database, keys)),
    ...createHeartbeatLoaders(database, now),
    ...createScoreLoaders(database),
  };
}
