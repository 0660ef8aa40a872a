/** Signatures of the ComputeMarket contract, in `test/bench/chain/ComputeMarket.sol`. */
export const computeMarketEvents = {
  market: [
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
  ],
} as const;
