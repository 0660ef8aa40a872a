/**
 * Signatures of Fluence's Diamond, BalanceKeeper and deals; source: npm @fluencelabs/deal-ts-clients 0.24.0. Those marked
 * 2024 are of the separate contracts before it: fluencelabs/deal b87aa6a.
 */
const cid = '(bytes4 prefixes, bytes32 hash)';
const wanted = '(bytes32 resourceId, uint8 ty, uint256 quantity)';
const given = '(bytes32 resourceId, uint8 ty, string metadata, string details, uint256 quantity)';
const access = 'uint8 providersAccessType_, address[] providersAccessList_, uint256 protocolVersion_';

const market = [
  `event ProviderInfoUpdated(address indexed provider, string name, ${cid} metadata)`,
  `event MarketOfferRegistered(address indexed provider, bytes32 offerId, uint256 minPricePerCuPerEpoch, address paymentToken, ${cid}[] effectors, uint256 minProtocolVersion, uint256 maxProtocolVersion)`,
  'event OfferV2Created(bytes32 indexed offerId, address paymentToken, address provider, bytes32 datacenterId)',
  'event MinPricePerCuPerEpochUpdated(bytes32 indexed offerId, uint256 minPricePerCuPerEpoch)',
  'event ResourcePriceUpdated(bytes32 indexed offerId, bytes32 resourceId, uint256 price)',
  'event DatacenterCreated(bytes32 indexed id, string countryCode, string cityCode, uint256 index, uint256 tier, string[] certifications)',
  'event ResourceCreated(bytes32 indexed resourceId, uint8 ty, string metadata)',
  'event PeerCreated(bytes32 indexed offerId, bytes32 peerId, address owner)',
  'event PeerRemoved(bytes32 indexed offerId, bytes32 indexed peerId)',
  'event ComputeUnitCreated(bytes32 indexed peerId, bytes32 unitId)',
  'event ComputeUnitRemoved(bytes32 indexed peerId, bytes32 indexed unitId)',
  'event PeerResourceRegistered(bytes32 indexed peerId, bytes32 resourceId, uint256 maxSupply, string details)',
  'event PeerResourceSupplyUpdated(bytes32 indexed peerId, bytes32 resourceId, uint256 newAvailableSupply, uint256 newMaxSupply)',
] as const;

const capacity = [
  'event CommitmentCreated(bytes32 indexed peerId, bytes32 commitmentId, uint256 duration, address delegator, uint256 rewardDelegationRate, uint256 fltCollateralPerUnit)',
  'event CommitmentRemoved(bytes32 indexed commitmentId)',
  'event CollateralDeposited(bytes32 indexed commitmentId, address indexed stakerAddress, uint256 totalCollateral)',
  'event CollateralDeposited(bytes32 indexed commitmentId, uint256 totalCollateral)', // 2024
  'event CommitmentActivated(bytes32 indexed peerId, bytes32 indexed commitmentId, uint256 startEpoch, uint256 endEpoch, bytes32[] unitIds)',
  'event ProofSubmitted(bytes32 indexed commitmentId, bytes32 indexed unitId, bytes32 localUnitNonce)',
  'event ProofsConfirmed(bytes32 indexed peerId, bytes32[] unitIds, bool[] confirmed)',
  'event CommitmentStatsUpdated(bytes32 commitmentId, uint256 totalFailCount, uint256 exitedUnitCount, uint256 activeUnitCount, uint256 nextAdditionalActiveUnitCount, uint256 changedEpoch)',
  'event CommitmentFailed(bytes32 indexed commitmentId, uint256 failedEpoch)',
  'event CommitmentFinished(bytes32 indexed commitmentId)',
  'event CollateralWithdrawn(bytes32 commitmentId, uint256 amountWithdrawn, uint256 amountSlashed)',
  'event RewardWithdrawn(bytes32 indexed commitmentId, uint256 providerReward, uint256 dealStakerRewardsAmount)',
  'event RewardWithdrawn(bytes32 indexed commitmentId, uint256 amount)', // 2024
] as const;

const deals = [
  `event DealCreated(address indexed owner, address deal, uint256 createdAtEpoch, address paymentToken, uint256 minWorkers, uint256 targetWorkers, uint256 cuCountPerWorker, uint256 maxWorkersPerProvider, uint256 pricePerCuPerEpoch, ${cid}[] effectors, ${cid} appCID, ${access})`,
  `event DealCreatedV2(address indexed owner, address deal, uint256 createdAtEpoch, address paymentToken, uint256 targetWorkers, ${wanted}[] resources, uint256 pricePerEpoch, uint256 maxWorkersPerProvider, ${cid} appCID, ${access})`,
  `event ComputeUnitsMatched(bytes32 indexed peerId, address deal, bytes32 onchainWorkerId, bytes32[] cuIds, ${cid} appCID)`,
  `event WorkerCreatedV2(bytes32 indexed peerId, address deal, bytes32 onchainWorkerId, bytes32[] cuIds, ${cid} appCID, ${given}[] resources)`,
  'event WorkerActivated(bytes32 indexed peerId, address indexed deal, bytes32 onchainWorkerId, bytes32 offchainWorkerId)',
  'event WorkerActivatedV2(bytes32 indexed peerId, address deal, bytes32 onchainWorkerId, bytes32 offchainWorkerId)',
  'event ComputeUnitsRemovedFromDeal(bytes32 indexed peerId, address indexed deal, bytes32[] cuIds, bytes32 onchainWorkerId)',
  `event WorkerRemovedV2(bytes32 indexed peerId, address deal, bytes32 onchainWorkerId, bytes32[] cuIds, ${given}[] resources)`,
  'event DealFunded(address indexed owner, address indexed deal, uint256 amount, uint256 newMaxPaidEpoch)',
  'event DealFundedV2(address indexed owner, address indexed deal, uint256 amount, uint256 newMaxPaidEpoch)',
  'event DealStopped(address indexed owner, address indexed deal, uint256 endedEpoch)',
  'event DealStoppedV2(address indexed owner, address indexed deal, uint256 endedEpoch)',
] as const;

const parameters = [
  'event ConstantUpdated(uint8 constantType, uint256 newValue)',
  'event CapacityConstantUpdated(uint8 constantType, uint256 newValue)',
  'event FLTPriceUpdated(uint256 newValue)',
  'event DifficultyUpdated(bytes32 difficulty)',
  'event OracleSet(address oracle)',
  'event PaymentTokenAddedToWhitelist(address indexed paymentToken)',
  'event PaymentTokenRemovedFromWhitelist(address indexed paymentToken)',
] as const;

export const fluenceEvents = {
  diamond: [...market, ...capacity, ...deals, ...parameters],
  balanceKeeper: [
    'event DealDeposit(address indexed token, address indexed deal, address indexed user, uint256 amount, uint8 reason, uint256 blockNumber, uint256 depositIndex)',
    'event DealWithdraw(address indexed token, address indexed deal, address indexed user, uint256 amount, uint8 reserved)',
  ],
  deal: [
    'event Deposited(uint256 amount)',
    'event Withdrawn(uint256 amount)',
    'event MaxPaidEpochUpdated(uint256 maxPaidEpoch)',
    'event WorkerJoined(bytes32 indexed peerId, bytes32 onchainId)',
    'event WorkerRemoved(bytes32 indexed peerId, bytes32 onchainId)',
    'event RewardWithdrawn(bytes32 onchainWorkerId, uint256 providerReward, uint256 stakerReward)',
    'event DealEnded(uint256 endedEpoch)',
  ],
} as const;

/** Views of the Diamond. */
export const fluenceGetCommitment =
  'function getCommitment(bytes32 commitmentId) view returns ((uint8 status, bytes32 peerId, uint256 collateralPerUnit, uint256 unitCount, uint256 startEpoch, uint256 endEpoch, uint256 rewardDelegatorRate, address delegator, uint256 totalFailCount, uint256 failedEpoch, uint256 exitedUnitCount))';

export const fluenceGetPeer =
  'function getComputePeer(bytes32 peerId) view returns ((bytes32 offerId, bytes32 commitmentId, uint256 unitCount, address owner))';

export const fluenceGetOffer =
  'function getOffer(bytes32 offerId) view returns ((address provider, uint256 minPricePerCuPerEpoch, address paymentToken, uint256 peerCount, uint256 minProtocolVersion, uint256 maxProtocolVersion))';

export const fluenceGetOfferDatacenter = 'function getOfferDatacenter(bytes32 offerId) view returns (bytes32)';

export const fluenceGetDatacenter =
  'function getDatacenter(bytes32 id) view returns ((bytes32 id, string countryCode, string cityCode, uint256 index, uint256 tier, string[] certifications))';

export const fluenceGetResource = 'function getResource(bytes32 resourceId) view returns ((uint8 ty, string metadata))';

/** Views of a deal: a worker of the second version names no compute units. */
export const fluenceGetWorkerV2 =
  'function getWorker(bytes32 onchainWorkerId) view returns ((bytes32 offchainId, bytes32 onchainId, bytes32 peerId, address provider, uint256 joinedEpoch))';

export const fluenceGetWorkerV1 =
  'function getWorker(bytes32 onchainWorkerId) view returns ((bytes32 offchainId, bytes32 onchainId, bytes32 peerId, address provider, uint256 joinedEpoch, bytes32[] computeUnitIds))';

export const fluencePaymentToken = 'function paymentToken() view returns (address)';
