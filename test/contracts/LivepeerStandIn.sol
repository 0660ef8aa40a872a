// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Emits what the bytecode on npm does not: the treasury's cut and the checkpoints of votes, which came with later targets,
/// and the migrator's logs, whose calls only Ethereum can make. It keeps no stake and checks nothing.
contract LivepeerStandIn {
    struct Delegator {
        address l1Addr;
        address l2Addr;
        uint256 stake;
        uint256 delegatedStake;
        uint256 fees;
        address delegate;
    }

    struct UnbondingLocks {
        address l1Addr;
        address l2Addr;
        uint256 total;
        uint256[] unbondingLockIds;
        address delegate;
    }

    struct Sender {
        address l1Addr;
        address l2Addr;
        uint256 deposit;
        uint256 reserve;
    }

    event TreasuryReward(address indexed transcoder, address treasury, uint256 amount);
    event Reward(address indexed transcoder, uint256 amount);
    event DelegatorBondedAmountChanged(
        address indexed delegate,
        uint256 previousBondedAmount,
        uint256 previousLastClaimRound,
        uint256 newBondedAmount,
        uint256 newLastClaimRound
    );
    event DelegateChanged(address indexed delegator, address indexed fromDelegate, address indexed toDelegate);
    event DelegateVotesChanged(address indexed delegate, uint256 previousBalance, uint256 newBalance);
    event StakeClaimed(address indexed delegator, address delegate, uint256 stake, uint256 fees);
    event MigrateDelegatorFinalized(Delegator params);
    event MigrateUnbondingLocksFinalized(UnbondingLocks params);
    event MigrateSenderFinalized(Sender params);

    function reward(address transcoder, address treasury, uint256 cut, uint256 amount) external {
        emit TreasuryReward(transcoder, treasury, cut);
        emit Reward(transcoder, amount);
    }

    function checkpoint(address delegator, address delegate, uint256 before, uint256 bonded, uint256 round) external {
        emit DelegateChanged(delegator, address(0), delegate);
        emit DelegateVotesChanged(delegate, before, bonded);
        emit DelegatorBondedAmountChanged(delegator, before, round - 1, bonded, round);
    }

    function claimStake(address delegator, address delegate, uint256 stake, uint256 fees) external {
        emit StakeClaimed(delegator, delegate, stake, fees);
    }

    function finalize(address l1Addr, address l2Addr, address delegate, uint256 stake, uint256 fees) external {
        uint256[] memory ids = new uint256[](2);
        ids[1] = 1;
        emit MigrateDelegatorFinalized(Delegator(l1Addr, l2Addr, stake, 2 * stake, fees, delegate));
        emit MigrateUnbondingLocksFinalized(UnbondingLocks(l1Addr, l2Addr, stake, ids, delegate));
        emit MigrateSenderFinalized(Sender(l1Addr, l2Addr, stake, fees));
    }
}
