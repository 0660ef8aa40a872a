/** An ERC-721 registry: the token's id is the address of the app, dataset or workerpool. */
const registryEvents = ['event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'] as const;

/**
 * Signatures of iExec PoCo v5: the hub (a diamond), its ERC-721 registries, the workerpools. Source: npm @iexec/poco
 * 6.1.0 artifacts; the hubs differ in their facets (no Boost on Arbitrum).
 */
export const iexecEvents = {
  hub: [
    'event OrdersMatched(bytes32 dealid, bytes32 appHash, bytes32 datasetHash, bytes32 workerpoolHash, bytes32 requestHash, uint256 volume)',
    'event SchedulerNotice(address indexed workerpool, bytes32 dealid)',
    'event DealSponsored(bytes32 dealId, address sponsor)',
    'event TaskInitialize(bytes32 indexed taskid, address indexed workerpool)',
    'event TaskContribute(bytes32 indexed taskid, address indexed worker, bytes32 hash)',
    'event TaskConsensus(bytes32 indexed taskid, bytes32 consensus)',
    'event TaskReveal(bytes32 indexed taskid, address indexed worker, bytes32 digest)',
    'event TaskReopen(bytes32 indexed taskid)',
    'event TaskFinalize(bytes32 indexed taskid, bytes results)',
    'event TaskClaimed(bytes32 indexed taskid)',
    'event AccurateContribution(address indexed worker, bytes32 indexed taskid)',
    'event FaultyContribution(address indexed worker, bytes32 indexed taskid)',
    'event Lock(address owner, uint256 amount)',
    'event Unlock(address owner, uint256 amount)',
    'event Reward(address owner, uint256 amount, bytes32 ref)',
    'event Seize(address owner, uint256 amount, bytes32 ref)',
    'event Transfer(address indexed from, address indexed to, uint256 value)',
    'event Approval(address indexed owner, address indexed spender, uint256 value)',
    'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
    'event CreateCategory(uint256 catid, string name, string description, uint256 workClockTimeRef)',
    'event BroadcastAppOrder((address app, uint256 appprice, uint256 volume, bytes32 tag, address datasetrestrict, address workerpoolrestrict, address requesterrestrict, bytes32 salt, bytes sign) apporder)',
    'event BroadcastDatasetOrder((address dataset, uint256 datasetprice, uint256 volume, bytes32 tag, address apprestrict, address workerpoolrestrict, address requesterrestrict, bytes32 salt, bytes sign) datasetorder)',
    'event BroadcastRequestOrder((address app, uint256 appmaxprice, address dataset, uint256 datasetmaxprice, address workerpool, uint256 workerpoolmaxprice, address requester, uint256 volume, bytes32 tag, uint256 category, uint256 trust, address beneficiary, address callback, string params, bytes32 salt, bytes sign) requestorder)',
    'event BroadcastWorkerpoolOrder((address workerpool, uint256 workerpoolprice, uint256 volume, bytes32 tag, uint256 category, uint256 trust, address apprestrict, address datasetrestrict, address requesterrestrict, bytes32 salt, bytes sign) workerpoolorder)',
    'event SignedAppOrder(bytes32 appHash)',
    'event SignedDatasetOrder(bytes32 datasetHash)',
    'event SignedWorkerpoolOrder(bytes32 workerpoolHash)',
    'event SignedRequestOrder(bytes32 requestHash)',
    'event ClosedAppOrder(bytes32 appHash)',
    'event ClosedDatasetOrder(bytes32 datasetHash)',
    'event ClosedWorkerpoolOrder(bytes32 workerpoolHash)',
    'event ClosedRequestOrder(bytes32 requestHash)',
    'event SchedulerNoticeBoost(address indexed workerpool, bytes32 dealId, address app, address dataset, uint256 category, bytes32 tag, string params, address beneficiary)',
    'event DealSponsoredBoost(bytes32 dealId, address sponsor)',
    'event ResultPushedBoost(bytes32 dealId, uint256 index, bytes results)',
  ],
  appRegistry: registryEvents,
  datasetRegistry: registryEvents,
  workerpoolRegistry: registryEvents,
  workerpool: [
    'event PolicyUpdate(uint256 oldWorkerStakeRatioPolicy, uint256 newWorkerStakeRatioPolicy, uint256 oldSchedulerRewardRatioPolicy, uint256 newSchedulerRewardRatioPolicy)',
  ],
} as const;

/**
 * A deal's terms never change once it is matched, so any later block answers the same. Its last field, the sponsor, is
 * left out: a hub of before it was added (Bellecour below block 30277938) ends at the ratio, and would answer it with the
 * length of `params`. Who pays stands in the logs of every version: the first Lock of the match.
 */
export const iexecViewDeal =
  'function viewDeal(bytes32 dealid) view returns (((address pointer, address owner, uint256 price) app, (address pointer, address owner, uint256 price) dataset, (address pointer, address owner, uint256 price) workerpool, uint256 trust, uint256 category, bytes32 tag, address requester, address beneficiary, address callback, string params, uint256 startTime, uint256 botFirst, uint256 botSize, uint256 workerStake, uint256 schedulerRewardRatio))';

/** The same of a deal by the Boost facet; not every hub with that facet answers (IexecPocoBoostAccessorsFacet). */
export const iexecViewDealBoost =
  'function viewDealBoost(bytes32 id) view returns ((address appOwner, uint96 appPrice, address datasetOwner, uint96 datasetPrice, address workerpoolOwner, uint96 workerpoolPrice, address requester, uint96 workerReward, address callback, uint40 deadline, uint16 botFirst, uint16 botSize, bytes3 shortTag, address sponsor))';

export const iexecViewCategory =
  'function viewCategory(uint256 catid) view returns ((string name, string description, uint256 workClockTimeRef))';

/** What a workerpool, an app and a dataset call themselves; set once at their creation. */
export const iexecWorkerpoolDescription = 'function m_workerpoolDescription() view returns (string)';
export const iexecAppName = 'function m_appName() view returns (string)';
export const iexecDatasetName = 'function m_datasetName() view returns (string)';

/** Of an app or a dataset: whoever holds its token. */
export const iexecOwner = 'function owner() view returns (address)';

/** Of a registry, and of those that it took over from. */
export const iexecIsRegistered = 'function isRegistered(address entry) view returns (bool)';

/** EIP-712 types of the orders, field by field as in IexecLibOrders_v5; the domain's name is iExecODB, its version 5.0.0. */
export const iexecOrderTypes = {
  AppOrder:
    'address app, uint256 appprice, uint256 volume, bytes32 tag, address datasetrestrict, address workerpoolrestrict, address requesterrestrict, bytes32 salt',
  DatasetOrder:
    'address dataset, uint256 datasetprice, uint256 volume, bytes32 tag, address apprestrict, address workerpoolrestrict, address requesterrestrict, bytes32 salt',
  WorkerpoolOrder:
    'address workerpool, uint256 workerpoolprice, uint256 volume, bytes32 tag, uint256 category, uint256 trust, address apprestrict, address datasetrestrict, address requesterrestrict, bytes32 salt',
  RequestOrder:
    'address app, uint256 appmaxprice, address dataset, uint256 datasetmaxprice, address workerpool, uint256 workerpoolmaxprice, address requester, uint256 volume, bytes32 tag, uint256 category, uint256 trust, address beneficiary, address callback, string params, bytes32 salt',
} as const;

export const iexecViewTask =
  'function viewTask(bytes32 taskid) view returns ((uint8 status, bytes32 dealid, uint256 idx, uint256 timeref, uint256 contributionDeadline, uint256 revealDeadline, uint256 finalDeadline, bytes32 consensusValue, uint256 revealCounter, uint256 winnerCounter, address[] contributors, bytes32 resultDigest, bytes results, uint256 resultsTimestamp, bytes resultsCallback))';
