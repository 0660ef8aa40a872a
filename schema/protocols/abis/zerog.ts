/**
 * Signatures of 0G Compute's ledger and serving contracts; source: npm @0gfoundation/0g-compute-ts-sdk 0.9.0 and
 * 0gfoundation/0g-serving-contract (c9033d3), whose fine-tuning v1.1 adds DeliverableAbandoned.
 */

/** Every one of them stands behind a beacon proxy and has an owner. */
const governance = [
  'event BeaconUpgraded(address indexed beacon)',
  'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
  'event Initialized(uint8 version)',
] as const;

const serving = [
  'event ProviderStaked(address indexed provider, uint256 amount)',
  'event ProviderStakeReturned(address indexed provider, uint256 amount)',
  'event ProviderTEESignerAcknowledged(address indexed provider, address indexed teeSignerAddress, bool acknowledged)',
  'event BalanceUpdated(address indexed user, address indexed provider, uint256 amount, uint256 pendingRefund)',
  'event RefundRequested(address indexed user, address indexed provider, uint256 indexed index, uint256 timestamp)',
  'event AccountDeleted(address indexed user, address indexed provider, uint256 refundedAmount)',
  'event LockTimeUpdated(uint256 oldLockTime, uint256 newLockTime)',
  ...governance,
] as const;

export const zerogEvents = {
  ledger: [
    'event ServiceRegistered(address indexed serviceAddress, string serviceName)',
    'event RecommendedServiceUpdated(string serviceType, string version, address serviceAddress)',
    'event FundSpent(address indexed user, address indexed service, uint256 amount)',
    'event LedgerInfoUpdated(address indexed user, string additionalInfo)',
    ...governance,
  ],
  inference: [
    'event ServiceUpdated(address indexed service, string serviceType, string url, uint256 inputPrice, uint256 outputPrice, uint256 updatedAt, string model, string verifiability)',
    'event ServiceRemoved(address indexed service)',
    'event TEESettlementResult(address indexed user, uint8 status, uint256 unsettledAmount)',
    'event BatchBalanceUpdated(address[] users, uint256[] balances, uint256[] pendingRefunds)',
    'event TokenRevoked(address indexed user, address indexed provider, uint8 tokenId)',
    'event TokensRevoked(address indexed user, address indexed provider, uint8[] tokenIds)',
    'event AllTokensRevoked(address indexed user, address indexed provider, uint256 newGeneration)',
    'event ContractInitialized(address indexed owner, uint256 lockTime, address ledgerAddress)',
    ...serving,
  ],
  fineTuning: [
    'event ServiceUpdated(address indexed provider, string url, (uint256 cpuCount, uint256 nodeMemory, uint256 gpuCount, uint256 nodeStorage, string gpuType) quota, uint256 pricePerToken, address teeSignerAddress, bool occupied)',
    'event ServiceRemoved(address indexed provider)',
    'event DeliverableAdded(address indexed user, address indexed provider, string deliverableId, bytes modelRootHash, uint256 timestamp)',
    'event DeliverableAcknowledged(address indexed user, address indexed provider, string deliverableId, uint256 timestamp)',
    'event DeliverableAbandoned(address indexed user, address indexed provider, string deliverableId, uint256 timestamp)',
    'event DeliverableEvicted(address indexed provider, address indexed user, string evictedDeliverableId, string newDeliverableId, uint256 timestamp)',
    'event FeesSettled(address indexed user, address indexed provider, string deliverableId, uint256 fee, bool acknowledged, uint256 nonce)',
    ...serving,
  ],
} as const;
