// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Emits what the Fluence contracts of today no longer do: the stake logs of 2024, and those of a deal of the first
/// version, which answers for its workers in another form. It keeps no money and checks nothing.
contract FluenceStandIn {
    struct Cid {
        bytes4 prefixes;
        bytes32 hash;
    }

    struct Commitment {
        uint8 status;
        bytes32 peerId;
        uint256 collateralPerUnit;
        uint256 unitCount;
        uint256 startEpoch;
        uint256 endEpoch;
        uint256 rewardDelegatorRate;
        address delegator;
        uint256 totalFailCount;
        uint256 failedEpoch;
        uint256 exitedUnitCount;
    }

    struct Peer {
        bytes32 offerId;
        bytes32 commitmentId;
        uint256 unitCount;
        address owner;
    }

    struct Offer {
        address provider;
        uint256 minPricePerCuPerEpoch;
        address paymentToken;
        uint256 peerCount;
        uint256 minProtocolVersion;
        uint256 maxProtocolVersion;
    }

    event CollateralDeposited(bytes32 indexed commitmentId, uint256 totalCollateral);
    event RewardWithdrawn(bytes32 indexed commitmentId, uint256 amount);
    event DealCreated(
        address indexed owner,
        address deal,
        uint256 createdAtEpoch,
        address paymentToken,
        uint256 minWorkers,
        uint256 targetWorkers,
        uint256 cuCountPerWorker,
        uint256 maxWorkersPerProvider,
        uint256 pricePerCuPerEpoch,
        Cid[] effectors,
        Cid appCID,
        uint8 providersAccessType_,
        address[] providersAccessList_,
        uint256 protocolVersion_
    );
    event ComputeUnitsMatched(
        bytes32 indexed peerId, address deal, bytes32 onchainWorkerId, bytes32[] cuIds, Cid appCID
    );
    event DealStopped(address indexed owner, address indexed deal, uint256 endedEpoch);

    address public immutable provider;
    address public immutable staker;
    address public immutable token;
    bytes32 public constant peerId = bytes32(uint256(0xaa));
    bytes32 public constant commitmentId = bytes32(uint256(0xcc));
    bytes32 private constant offerId = bytes32(uint256(0x0f));

    constructor(address provider_, address staker_, address token_) {
        provider = provider_;
        staker = staker_;
        token = token_;
    }

    function getCommitment(bytes32) external view returns (Commitment memory commitment) {
        commitment.peerId = peerId;
        commitment.delegator = staker;
    }

    function getComputePeer(bytes32) external pure returns (Peer memory peer) {
        peer.offerId = offerId;
    }

    function getOffer(bytes32) external view returns (Offer memory offer) {
        offer.provider = provider;
        offer.paymentToken = token;
    }

    function pledge() external {
        emit CollateralDeposited(commitmentId, 20);
        emit RewardWithdrawn(commitmentId, 7);
    }

    function open() external returns (FluenceDealStandIn deal) {
        deal = new FluenceDealStandIn(provider, peerId, token);
        Cid memory app;
        emit DealCreated(
            msg.sender, address(deal), 1, token, 1, 2, 4, 1, 10, new Cid[](0), app, 0, new address[](0), 1
        );
    }

    function join(FluenceDealStandIn deal, bytes32 worker) external {
        Cid memory app;
        deal.join(worker);
        emit ComputeUnitsMatched(peerId, address(deal), worker, new bytes32[](0), app);
    }

    function stop(FluenceDealStandIn deal) external {
        deal.stop();
        emit DealStopped(msg.sender, address(deal), 9);
    }
}

contract FluenceDealStandIn {
    struct Worker {
        bytes32 offchainId;
        bytes32 onchainId;
        bytes32 peerId;
        address provider;
        uint256 joinedEpoch;
        bytes32[] computeUnitIds;
    }

    event WorkerJoined(bytes32 indexed peerId, bytes32 onchainId);
    event WorkerRemoved(bytes32 indexed peerId, bytes32 onchainId);
    event RewardWithdrawn(bytes32 onchainWorkerId, uint256 providerReward, uint256 stakerReward);
    event DealEnded(uint256 endedEpoch);

    address private immutable provider;
    bytes32 private immutable peerId;
    address public immutable paymentToken;
    mapping(bytes32 => Worker) private workers;

    constructor(address provider_, bytes32 peerId_, address token_) {
        provider = provider_;
        peerId = peerId_;
        paymentToken = token_;
    }

    function getWorker(bytes32 id) external view returns (Worker memory) {
        require(workers[id].onchainId != 0, "no such worker");
        return workers[id];
    }

    function join(bytes32 id) external {
        workers[id].onchainId = id;
        workers[id].peerId = peerId;
        workers[id].provider = provider;
        workers[id].computeUnitIds.push(id);
        emit WorkerJoined(peerId, id);
    }

    function pay(bytes32 id) external {
        emit RewardWithdrawn(id, 30, 3);
    }

    function remove(bytes32 id) external {
        emit RewardWithdrawn(id, 5, 0);
        delete workers[id];
        emit WorkerRemoved(peerId, id);
    }

    function stop() external {
        emit DealEnded(9);
    }
}
