// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// The least that a payment token can be.
contract TestToken {
    event Transfer(address indexed from, address indexed to, uint256 value);

    mapping(address => uint256) public balanceOf;

    constructor(address[] memory holders, uint256 amount) {
        for (uint256 i = 0; i < holders.length; ++i) {
            balanceOf[holders[i]] = amount;
            emit Transfer(address(0), holders[i], amount);
        }
    }

    /// Asks nobody's leave: these tokens are worth nothing.
    function move(address from, address to, uint256 value) external {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }
}

/**
 * Stands in for Marlin Oyster's MarketV1: the same events in the same order with the same arithmetic, and nothing else. No
 * access rules, no waiting for a notice period. Metadata is emitted as text or as bytes, as the constructor is told.
 */
contract MarlinMarket {
    event ProviderAdded(address indexed provider, string cp);
    event ProviderUpdatedWithCp(address indexed provider, string newCp);
    event ProviderRemoved(address indexed provider);
    event JobOpened(bytes32 indexed job, string metadata, address indexed owner, address indexed provider, uint256 rate, uint256 balance, uint256 timestamp);
    event JobOpened(bytes32 indexed job, bytes metadata, address indexed owner, address indexed provider, uint256 rate, uint256 balance, uint256 timestamp);
    event JobSettled(bytes32 indexed job, uint256 amount, uint256 timestamp);
    event JobClosed(bytes32 indexed job);
    event JobDeposited(bytes32 indexed job, address indexed from, uint256 amount);
    event JobWithdrew(bytes32 indexed job, address indexed to, uint256 amount);
    event JobReviseRateInitiated(bytes32 indexed job, uint256 newRate);
    event JobReviseRateCancelled(bytes32 indexed job);
    event JobReviseRateFinalized(bytes32 indexed job, uint256 newRate);
    event JobMetadataUpdated(bytes32 indexed job, string metadata);
    event JobMetadataUpdated(bytes32 indexed job, bytes metadata);
    event LockCreated(bytes32 indexed selector, bytes32 indexed key, uint256 iValue, uint256 unlockTime);
    event LockDeleted(bytes32 indexed selector, bytes32 indexed key, uint256 iValue);
    event LockWaitTimeUpdated(bytes32 indexed selector, uint256 prevLockTime, uint256 updatedLockTime);
    event TokenUpdated(address indexed oldToken, address indexed newToken);

    struct Job {
        address owner;
        address provider;
        uint256 rate;
        uint256 balance;
        uint256 lastSettled;
    }

    bytes32 private constant RATE_LOCK = keccak256("RATE_LOCK");
    uint256 private constant WAIT = 300;

    uint256 public immutable EXTRA_DECIMALS;
    bool private immutable asBytes;
    TestToken private immutable token;

    mapping(bytes32 => Job) public jobs;
    mapping(bytes32 => uint256) private revisedRates;
    uint256 private opened;

    constructor(TestToken token_, uint256 extraDecimals, bool asBytes_) {
        token = token_;
        EXTRA_DECIMALS = extraDecimals;
        asBytes = asBytes_;
        emit LockWaitTimeUpdated(RATE_LOCK, 0, WAIT);
        emit TokenUpdated(address(0), address(token_));
    }

    function providerAdd(string calldata cp) external {
        emit ProviderAdded(msg.sender, cp);
    }

    function providerUpdateWithCp(string calldata cp) external {
        emit ProviderUpdatedWithCp(msg.sender, cp);
    }

    function providerRemove() external {
        emit ProviderRemoved(msg.sender);
    }

    function jobOpen(bytes memory metadata, address provider, uint256 rate, uint256 balance) external {
        bytes32 job = bytes32(++opened);
        jobs[job] = Job(msg.sender, provider, rate, balance, block.timestamp);
        token.move(msg.sender, address(this), balance);
        if (asBytes) emit JobOpened(job, metadata, msg.sender, provider, rate, balance, block.timestamp);
        else emit JobOpened(job, string(metadata), msg.sender, provider, rate, balance, block.timestamp);
    }

    function jobSettle(bytes32 job) public {
        Job storage one = jobs[job];
        uint256 scale = 10 ** EXTRA_DECIMALS;
        uint256 owed = (one.rate * (block.timestamp - one.lastSettled) + scale - 1) / scale;
        uint256 amount = owed < one.balance ? owed : one.balance;
        one.balance -= amount;
        one.lastSettled = block.timestamp;
        token.move(address(this), one.provider, amount);
        emit JobSettled(job, amount, block.timestamp);
    }

    function jobClose(bytes32 job) external {
        if (jobs[job].rate > 0) deleteLock(job);
        jobSettle(job);
        uint256 refund = jobs[job].balance;
        if (refund > 0) token.move(address(this), jobs[job].owner, refund);
        delete jobs[job];
        deleteLock(job);
        emit JobClosed(job);
    }

    function jobDeposit(bytes32 job, uint256 amount) external {
        jobs[job].balance += amount;
        token.move(msg.sender, address(this), amount);
        emit JobDeposited(job, msg.sender, amount);
    }

    function jobWithdraw(bytes32 job, uint256 amount) external {
        jobSettle(job);
        jobs[job].balance -= amount;
        token.move(address(this), msg.sender, amount);
        emit JobWithdrew(job, msg.sender, amount);
    }

    function jobReviseRateInitiate(bytes32 job, uint256 newRate) external {
        revisedRates[job] = newRate;
        emit LockCreated(RATE_LOCK, job, newRate, block.timestamp + WAIT);
        emit JobReviseRateInitiated(job, newRate);
    }

    function jobReviseRateCancel(bytes32 job) external {
        deleteLock(job);
        emit JobReviseRateCancelled(job);
    }

    function jobReviseRateFinalize(bytes32 job) external {
        uint256 newRate = revisedRates[job];
        deleteLock(job);
        jobSettle(job);
        jobs[job].rate = newRate;
        emit JobReviseRateFinalized(job, newRate);
    }

    function jobMetadataUpdate(bytes32 job, bytes memory metadata) external {
        if (asBytes) emit JobMetadataUpdated(job, metadata);
        else emit JobMetadataUpdated(job, string(metadata));
    }

    /// Emitted where there is no lock, too.
    function deleteLock(bytes32 job) private {
        emit LockDeleted(RATE_LOCK, job, revisedRates[job]);
        delete revisedRates[job];
    }
}
