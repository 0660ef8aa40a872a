import { anomalyList } from './domains/anomaly/anomalyList.js';
import { jobList } from './domains/job/jobList.js';
import { networkList } from './domains/network/networkList.js';
import { payoutList } from './domains/payout/payoutList.js';
import { providerList } from './domains/provider/providerList.js';
import { stakeChangeList } from './domains/stake/stakeChangeList.js';
import type { List } from './list/List.js';

/** Every noun that has rows: its fields, filters and sorts follow from its line here. */
export const lists: readonly List[] = [anomalyList, jobList, networkList, payoutList, providerList, stakeChangeList];
