/** A market of the small interface: every node sells for itself, a job is one task. */
export const smallEvents = [
  'event NodeRegistered(bytes32 indexed nodeId, address indexed owner, uint32 gpuModel, uint16 gpuCount, string endpoint)',
  'event OfferUpdated(bytes32 indexed nodeId, uint256 pricePerHour)',
  'event JobCreated(uint256 indexed jobId, address indexed client, bytes32 specHash, uint256 budget)',
  'event JobAssigned(uint256 indexed jobId, bytes32 indexed nodeId, uint256 price)',
  'event JobCompleted(uint256 indexed jobId, bytes32 indexed nodeId, uint256 amount, bytes32 resultHash)',
  'event JobFailed(uint256 indexed jobId, bytes32 indexed nodeId, uint8 reason)',
  'event StakeLocked(bytes32 indexed nodeId, uint256 amount)',
  'event StakeUnlocked(bytes32 indexed nodeId, uint256 amount)',
  'event StakeSlashed(bytes32 indexed nodeId, uint256 indexed jobId, uint256 amount)',
  'event PayoutSent(uint256 indexed jobId, bytes32 indexed nodeId, address indexed to, uint256 amount)',
] as const;

/** Those of `devnet/contracts/ComputeMarket.sol`. No name stands in both lists, so a name tells what a log means. */
export const fullEvents = [
  'event ProviderUpdated(address indexed provider, address recipient, string name, string uri)',
  'event NodeUpdated(bytes32 indexed nodeId, address indexed provider, string gpuModel, uint16 gpuCount, uint32 vramMib, string region, string uri)',
  'event NodeRetired(bytes32 indexed nodeId, address indexed provider)',
  'event OfferPosted(bytes32 indexed nodeId, address indexed provider, uint256 pricePerGpuHour)',
  'event OfferWithdrawn(bytes32 indexed nodeId, address indexed provider)',
  'event JobOpened(uint256 indexed jobId, address indexed buyer, address indexed provider, bytes32 nodeId, bytes32 specHash, uint32 taskCount, uint64 gpuSecondsPerTask, uint256 pricePerGpuHour, uint16 feeBps, uint64 deadline)',
  'event JobAccepted(uint256 indexed jobId, address indexed provider)',
  'event EscrowDeposited(uint256 indexed jobId, address indexed buyer, uint256 amount)',
  'event EscrowRefunded(uint256 indexed jobId, address indexed buyer, uint256 amount)',
  'event TaskAssigned(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId)',
  'event TaskStarted(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId)',
  'event TaskCompleted(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, uint64 gpuSeconds, bytes32 proofHash)',
  'event TaskVerified(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, address verifier, bool accepted)',
  'event TaskFailed(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, uint8 reason)',
  'event TaskPaid(uint256 indexed jobId, uint32 indexed taskIndex, address indexed provider, address payer, address recipient, uint256 amount, uint256 fee)',
  'event DisputeOpened(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, address openedBy)',
  'event DisputeResolved(uint256 indexed jobId, uint32 indexed taskIndex, bytes32 indexed nodeId, address arbiter, bool forProvider)',
  'event ProviderStakeLocked(address indexed provider, bytes32 indexed nodeId, uint256 amount)',
  'event ProviderStakeUnlocked(address indexed provider, bytes32 indexed nodeId, uint256 amount)',
  'event ProviderStakeWithdrawn(address indexed provider, bytes32 indexed nodeId, uint256 amount)',
  'event ProviderSlashed(address indexed provider, bytes32 indexed nodeId, uint256 indexed jobId, uint32 taskIndex, uint256 amount)',
  'event ParameterChanged(string name, uint256 value)',
  'event TreasuryWithdrawn(address indexed recipient, uint256 amount)',
] as const;

/** Signatures of a ComputeMarket contract, which speaks one interface or the other; docs/compute-market.md. */
export const computeMarketEvents = { market: [...smallEvents, ...fullEvents] } as const;
