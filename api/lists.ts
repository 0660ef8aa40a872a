import { anomalyList } from './domains/anomaly/anomalyList.js';
import { blockList } from './domains/block/blockList.js';
import { escrowChangeList } from './domains/escrow/escrowChangeList.js';
import { eventList } from './domains/event/eventList.js';
import { jobList } from './domains/job/jobList.js';
import { networkList } from './domains/network/networkList.js';
import { nodeList } from './domains/node/nodeList.js';
import { outageList } from './domains/outage/outageList.js';
import { parameterChangeList } from './domains/parameter/parameterChangeList.js';
import { payoutList } from './domains/payout/payoutList.js';
import { chainPriceList } from './domains/price/chainPriceList.js';
import { providerList } from './domains/provider/providerList.js';
import { quarantinedLogList } from './domains/quarantine/quarantinedLogList.js';
import { scoreList } from './domains/score/scoreList.js';
import { stakeChangeList } from './domains/stake/stakeChangeList.js';
import { attemptList } from './domains/task/attemptList.js';
import { taskList } from './domains/task/taskList.js';
import { verificationList } from './domains/task/verificationList.js';
import type { List } from './list/List.js';

/** Every noun that has rows: its fields, filters and sorts follow from its line here. */
export const lists: readonly List[] = [
  anomalyList,
  attemptList,
  blockList,
  chainPriceList,
  escrowChangeList,
  eventList,
  jobList,
  networkList,
  nodeList,
  outageList,
  parameterChangeList,
  payoutList,
  providerList,
  quarantinedLogList,
  scoreList,
  stakeChangeList,
  taskList,
  verificationList,
];
