// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

struct Callback {
    address addr;
    uint96 gasLimit;
}

struct Predicate {
    uint8 predicateType;
    bytes data;
}

struct Requirements {
    Callback callback;
    Predicate predicate;
    bytes4 selector;
}

struct Input {
    uint8 inputType;
    bytes data;
}

struct Offer {
    uint256 minPrice;
    uint256 maxPrice;
    uint64 rampUpStart;
    uint32 rampUpPeriod;
    uint32 lockTimeout;
    uint32 timeout;
    uint256 lockCollateral;
}

struct ProofRequest {
    uint256 id;
    Requirements requirements;
    string imageUrl;
    Input input;
    Offer offer;
}

struct Delivery {
    uint256 id;
    bytes32 requestDigest;
    bytes32 claimDigest;
    uint8 fulfillmentDataType;
    bytes fulfillmentData;
    bytes seal;
}

/**
 * Stands in for BoundlessMarket: the same events with the same arithmetic, and nothing else. No signatures, no proofs, no
 * checks of who calls; collateral is a number, not a token. Prices are what was taken from the buyer at the lock.
 */
contract BoundlessMarket {
    event RequestSubmitted(uint256 indexed requestId, ProofRequest request, bytes clientSignature);
    event RequestLocked(uint256 indexed requestId, address prover, ProofRequest request, bytes clientSignature);
    event RequestFulfilled(uint256 indexed requestId, address indexed prover, bytes32 requestDigest);
    event ProofDelivered(uint256 indexed requestId, address indexed prover, Delivery fulfillment);
    event ProverSlashed(uint256 indexed requestId, uint256 collateralBurned, uint256 collateralTransferred, address collateralRecipient);
    event CollateralDeposit(address indexed account, uint256 value);
    event CollateralWithdrawal(address indexed account, uint256 value);
    event Deposit(address indexed account, uint256 value);
    event Withdrawal(address indexed account, uint256 value);
    // The parameter's name is `error` in the original: it is no part of the topic.
    event PaymentRequirementsFailed(bytes reason);
    event CallbackFailed(uint256 indexed requestId, address callback, bytes reason);
    event Upgraded(address indexed implementation);

    struct Lock {
        address prover;
        uint64 deadline;
        uint256 price;
        uint256 collateral;
        address fulfilledLateBy;
    }

    mapping(uint256 => Lock) public locks;
    mapping(uint256 => bool) private fulfilled;
    mapping(address => uint256) public balanceOf;
    mapping(address => uint256) public balanceOfCollateral;

    constructor() {
        emit Upgraded(address(this));
    }

    function deposit() external payable {
        balanceOf[msg.sender] += msg.value;
        emit Deposit(msg.sender, msg.value);
    }

    function withdraw(uint256 value) external {
        balanceOf[msg.sender] -= value;
        payable(msg.sender).transfer(value);
        emit Withdrawal(msg.sender, value);
    }

    function depositCollateral(uint256 value) external {
        balanceOfCollateral[msg.sender] += value;
        emit CollateralDeposit(msg.sender, value);
    }

    function withdrawCollateral(uint256 value) external {
        balanceOfCollateral[msg.sender] -= value;
        emit CollateralWithdrawal(msg.sender, value);
    }

    function submitRequest(ProofRequest calldata request) external {
        emit RequestSubmitted(request.id, request, hex"5196");
    }

    function lockRequest(ProofRequest calldata request) external {
        Offer calldata offer = request.offer;
        uint256 price = priceAt(offer);
        balanceOf[toClient(request.id)] -= price;
        balanceOfCollateral[msg.sender] -= offer.lockCollateral;
        locks[request.id] = Lock(msg.sender, offer.rampUpStart + offer.lockTimeout, price, offer.lockCollateral, address(0));
        emit RequestLocked(request.id, msg.sender, request, hex"5196");
    }

    /// A request that nobody locked is paid for with `price`, if its buyer has as much.
    function fulfill(uint256 id, uint256 price) external {
        bytes memory unpaid = locks[id].prover == address(0) ? fulfillOpen(id, price) : fulfillLocked(id);
        if (unpaid.length > 0) emit PaymentRequirementsFailed(unpaid);
        emit ProofDelivered(id, msg.sender, Delivery(id, keccak256("request"), keccak256("claim"), 1, hex"0b", hex"5ea1"));
    }

    function fulfillLocked(uint256 id) private returns (bytes memory) {
        Lock storage lock = locks[id];
        if (fulfilled[id]) return abi.encodeWithSignature("RequestIsFulfilled(uint256)", id);
        markFulfilled(id);
        if (block.timestamp > lock.deadline) {
            // Nothing is paid for a late proof, and the buyer has its money back.
            balanceOf[toClient(id)] += lock.price;
            lock.price = 0;
            lock.fulfilledLateBy = msg.sender;
            return "";
        }
        balanceOf[msg.sender] += lock.price;
        balanceOfCollateral[msg.sender] += lock.collateral;
        return "";
    }

    function fulfillOpen(uint256 id, uint256 price) private returns (bytes memory) {
        address client = toClient(id);
        markFulfilled(id);
        if (balanceOf[client] < price) return abi.encodeWithSignature("InsufficientBalance(address)", client);
        balanceOf[client] -= price;
        balanceOf[msg.sender] += price;
        return "";
    }

    function markFulfilled(uint256 id) private {
        fulfilled[id] = true;
        emit RequestFulfilled(id, msg.sender, keccak256("request"));
    }

    function slash(uint256 id) external {
        Lock storage lock = locks[id];
        uint256 burnt = lock.collateral / 2;
        uint256 rest = lock.collateral - burnt;
        address recipient = lock.fulfilledLateBy;
        if (recipient == address(0)) {
            recipient = address(this);
            balanceOf[toClient(id)] += lock.price;
        }
        balanceOfCollateral[recipient] += rest;
        emit ProverSlashed(id, burnt, rest, recipient);
    }

    function failCallback(uint256 id) external {
        emit CallbackFailed(id, address(0xca11), hex"dead");
    }

    function priceAt(Offer calldata offer) private view returns (uint256) {
        if (block.timestamp <= offer.rampUpStart) return offer.minPrice;
        uint256 elapsed = block.timestamp - offer.rampUpStart;
        if (elapsed > offer.lockTimeout) return 0;
        if (elapsed > offer.rampUpPeriod) return offer.maxPrice;
        return offer.minPrice + elapsed * (offer.maxPrice - offer.minPrice) / offer.rampUpPeriod;
    }

    function toClient(uint256 id) private pure returns (address) {
        return address(uint160(id >> 32));
    }
}
