/** Signatures of iExec PoCo v5 (hub diamond) and its ERC-721 registries; source: npm @iexec/poco 6.1.0 artifacts. */
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
    'event BroadcastWorkerpoolOrder((address workerpool, uint256 workerpoolprice, uint256 volume, bytes32 tag, uint256 category, uint256 trust, address apprestrict, address datasetrestrict, address requesterrestrict, bytes32 salt, bytes sign) workerpoolorder)',
    'event SignedAppOrder(bytes32 appHash)',
    'event SignedDatasetOrder(bytes32 datasetHash)',
    'event SignedWorkerpoolOrder(bytes32 workerpoolHash)',
    'event SignedRequestOrder(bytes32 requestHash)',
    'event ClosedAppOrder(bytes32 appHash)',
    'event ClosedDatasetOrder(bytes32 datasetHash)',
    'event ClosedWorkerpoolOrder(bytes32 workerpoolHash)',
    'event ClosedRequestOrder(bytes32 requestHash)',
  ],
  workerpoolRegistry: ['event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'],
} as const;

/** A deal's terms never change once it is matched, so any later block answers the same. */
export const iexecViewDeal =
  'function viewDeal(bytes32 dealid) view returns (((address pointer, address owner, uint256 price) app, (address pointer, address owner, uint256 price) dataset, (address pointer, address owner, uint256 price) workerpool, uint256 trust, uint256 category, bytes32 tag, address requester, address beneficiary, address callback, string params, uint256 startTime, uint256 botFirst, uint256 botSize, uint256 workerStake, uint256 schedulerRewardRatio, address sponsor))';

export const iexecViewCategory =
  'function viewCategory(uint256 catid) view returns ((string name, string description, uint256 workClockTimeRef))';

/** What a workerpool calls itself; set once at its creation. */
export const iexecWorkerpoolDescription = 'function m_workerpoolDescription() view returns (string)';

export const iexecViewTask =
  'function viewTask(bytes32 taskid) view returns ((uint8 status, bytes32 dealid, uint256 idx, uint256 timeref, uint256 contributionDeadline, uint256 revealDeadline, uint256 finalDeadline, bytes32 consensusValue, uint256 revealCounter, uint256 winnerCounter, address[] contributors, bytes32 resultDigest, bytes results, uint256 resultsTimestamp, bytes resultsCallback))';
