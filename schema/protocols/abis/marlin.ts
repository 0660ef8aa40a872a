/**
 * Signatures of Marlin Oyster's MarketV1; source: marlinprotocol/oyster-monorepo (366b61f). The deployed contracts emit a
 * job's metadata as `string`, the newest source as `bytes`: both stand here, for an upgrade may bring the other.
 */
export const marlinEvents = {
  market: [
    'event ProviderAdded(address indexed provider, string cp)',
    'event ProviderUpdatedWithCp(address indexed provider, string newCp)',
    'event ProviderRemoved(address indexed provider)',
    'event JobOpened(bytes32 indexed job, string metadata, address indexed owner, address indexed provider, uint256 rate, uint256 balance, uint256 timestamp)',
    'event JobOpened(bytes32 indexed job, bytes metadata, address indexed owner, address indexed provider, uint256 rate, uint256 balance, uint256 timestamp)',
    'event JobSettled(bytes32 indexed job, uint256 amount, uint256 timestamp)',
    'event JobClosed(bytes32 indexed job)',
    'event JobDeposited(bytes32 indexed job, address indexed from, uint256 amount)',
    'event JobWithdrew(bytes32 indexed job, address indexed to, uint256 amount)',
    'event JobReviseRateInitiated(bytes32 indexed job, uint256 newRate)',
    'event JobReviseRateCancelled(bytes32 indexed job)',
    'event JobReviseRateFinalized(bytes32 indexed job, uint256 newRate)',
    'event JobMetadataUpdated(bytes32 indexed job, string metadata)',
    'event JobMetadataUpdated(bytes32 indexed job, bytes metadata)',
    'event LockCreated(bytes32 indexed selector, bytes32 indexed key, uint256 iValue, uint256 unlockTime)',
    'event LockDeleted(bytes32 indexed selector, bytes32 indexed key, uint256 iValue)',
    'event LockWaitTimeUpdated(bytes32 indexed selector, uint256 prevLockTime, uint256 updatedLockTime)',
    'event TokenUpdated(address indexed oldToken, address indexed newToken)',
  ],
} as const;

/** Decimals that a rate has more than the token: 12 on Arbitrum One, where it is a constant of the contract. */
export const marlinExtraDecimals = 'function EXTRA_DECIMALS() view returns (uint256)';
