/** What a buyer signs: `id` holds its address, `offer` the auction. */
const request =
  '(uint256 id, ((address addr, uint96 gasLimit) callback, (uint8 predicateType, bytes data) predicate, bytes4 selector) requirements, string imageUrl, (uint8 inputType, bytes data) input, (uint256 minPrice, uint256 maxPrice, uint64 rampUpStart, uint32 rampUpPeriod, uint32 lockTimeout, uint32 timeout, uint256 lockCollateral) offer)';

/**
 * Signatures of BoundlessMarket; source: boundless-xyz/boundless (3835bc4) `contracts/src/IBoundlessMarket.sol`, and
 * EIP-1967 for `Upgraded`.
 */
export const boundlessEvents = {
  market: [
    `event RequestSubmitted(uint256 indexed requestId, ${request} request, bytes clientSignature)`,
    `event RequestLocked(uint256 indexed requestId, address prover, ${request} request, bytes clientSignature)`,
    'event RequestFulfilled(uint256 indexed requestId, address indexed prover, bytes32 requestDigest)',
    'event ProofDelivered(uint256 indexed requestId, address indexed prover, (uint256 id, bytes32 requestDigest, bytes32 claimDigest, uint8 fulfillmentDataType, bytes fulfillmentData, bytes seal) fulfillment)',
    'event ProverSlashed(uint256 indexed requestId, uint256 collateralBurned, uint256 collateralTransferred, address collateralRecipient)',
    'event CollateralDeposit(address indexed account, uint256 value)',
    'event CollateralWithdrawal(address indexed account, uint256 value)',
    'event Deposit(address indexed account, uint256 value)',
    'event Withdrawal(address indexed account, uint256 value)',
    'event PaymentRequirementsFailed(bytes error)',
    'event CallbackFailed(uint256 indexed requestId, address callback, bytes error)',
    'event Upgraded(address indexed implementation)',
  ],
} as const;
