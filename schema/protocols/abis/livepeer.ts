/** Of every contract that knows the Controller, proxies too: livepeer/protocol f225b10 `contracts/IManager.sol`. */
const managerEvents = ['event ParameterUpdate(string param)', 'event SetController(address controller)'] as const;

const serviceRegistryEvents = ['event ServiceURIUpdate(address indexed addr, string serviceURI)', ...managerEvents];

/**
 * Signatures of Livepeer's Arbitrum contracts; source: npm @livepeer/sdk 1.0.1-alpha.10 and livepeer/protocol f225b10
 * `contracts/`, of the L2Migrator livepeer/arbitrum-lpt-bridge 603314d `contracts/L2/gateway/L2Migrator.sol`.
 */
export const livepeerEvents = {
  controller: [
    'event SetContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash)',
    'event Pause()',
    'event Unpause()',
    'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
  ],
  bondingManager: [
    'event TranscoderUpdate(address indexed transcoder, uint256 rewardCut, uint256 feeShare)',
    'event TranscoderActivated(address indexed transcoder, uint256 activationRound)',
    'event TranscoderDeactivated(address indexed transcoder, uint256 deactivationRound)',
    'event TranscoderSlashed(address indexed transcoder, address finder, uint256 penalty, uint256 finderReward)',
    'event Reward(address indexed transcoder, uint256 amount)',
    'event TreasuryReward(address indexed transcoder, address treasury, uint256 amount)',
    'event Bond(address indexed newDelegate, address indexed oldDelegate, address indexed delegator, uint256 additionalAmount, uint256 bondedAmount)',
    'event Unbond(address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound)',
    'event Rebond(address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount)',
    'event TransferBond(address indexed oldDelegator, address indexed newDelegator, uint256 oldUnbondingLockId, uint256 newUnbondingLockId, uint256 amount)',
    'event WithdrawStake(address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound)',
    'event WithdrawFees(address indexed delegator, address recipient, uint256 amount)',
    'event EarningsClaimed(address indexed delegate, address indexed delegator, uint256 rewards, uint256 fees, uint256 startRound, uint256 endRound)',
    ...managerEvents,
  ],
  ticketBroker: [
    'event WinningTicketRedeemed(address indexed sender, address indexed recipient, uint256 faceValue, uint256 winProb, uint256 senderNonce, uint256 recipientRand, bytes auxData)',
    'event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount)',
    'event DepositFunded(address indexed sender, uint256 amount)',
    'event ReserveFunded(address indexed reserveHolder, uint256 amount)',
    'event ReserveClaimed(address indexed reserveHolder, address claimant, uint256 amount)',
    'event Unlock(address indexed sender, uint256 startRound, uint256 endRound)',
    'event UnlockCancelled(address indexed sender)',
    'event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve)',
    ...managerEvents,
  ],
  roundsManager: ['event NewRound(uint256 indexed round, bytes32 blockHash)', ...managerEvents],
  minter: ['event SetCurrentRewardTokens(uint256 currentMintableTokens, uint256 currentInflation)', ...managerEvents],
  // The account of DelegatorBondedAmountChanged is the bond's owner, whatever the contract calls it.
  bondingVotes: [
    'event DelegatorBondedAmountChanged(address indexed delegate, uint256 previousBondedAmount, uint256 previousLastClaimRound, uint256 newBondedAmount, uint256 newLastClaimRound)',
    'event DelegateChanged(address indexed delegator, address indexed fromDelegate, address indexed toDelegate)',
    'event DelegateVotesChanged(address indexed delegate, uint256 previousBalance, uint256 newBalance)',
    ...managerEvents,
  ],
  serviceRegistry: serviceRegistryEvents,
  aiServiceRegistry: serviceRegistryEvents,
  l2Migrator: [
    'event StakeClaimed(address indexed delegator, address delegate, uint256 stake, uint256 fees)',
    'event MigrateDelegatorFinalized((address l1Addr, address l2Addr, uint256 stake, uint256 delegatedStake, uint256 fees, address delegate) params)',
    'event MigrateUnbondingLocksFinalized((address l1Addr, address l2Addr, uint256 total, uint256[] unbondingLockIds, address delegate) params)',
    'event MigrateSenderFinalized((address l1Addr, address l2Addr, uint256 deposit, uint256 reserve) params)',
    'event DelegatorPoolCreated(address indexed l1Addr, address delegatorPool)',
    'event ControllerContractUpdate(bytes32 id, address addr)',
    ...managerEvents,
  ],
} as const;

/** The views that tell what ParameterUpdate only names, by the emitter's role and the name. */
export const livepeerParameters: Readonly<Record<string, string>> = {
  'bondingManager.unbondingPeriod': 'function unbondingPeriod() view returns (uint64)',
  'bondingManager.numActiveTranscoders': 'function getTranscoderPoolMaxSize() view returns (uint256)',
  'bondingManager.treasuryRewardCutRate': 'function treasuryRewardCutRate() view returns (uint256)',
  'bondingManager.nextRoundTreasuryRewardCutRate': 'function nextRoundTreasuryRewardCutRate() view returns (uint256)',
  'bondingManager.treasuryBalanceCeiling': 'function treasuryBalanceCeiling() view returns (uint256)',
  'ticketBroker.unlockPeriod': 'function unlockPeriod() view returns (uint256)',
  'ticketBroker.ticketValidityPeriod': 'function ticketValidityPeriod() view returns (uint256)',
  'roundsManager.roundLength': 'function roundLength() view returns (uint256)',
  'roundsManager.roundLockAmount': 'function roundLockAmount() view returns (uint256)',
  'minter.targetBondingRate': 'function targetBondingRate() view returns (uint256)',
  'minter.inflationChange': 'function inflationChange() view returns (uint256)',
};
