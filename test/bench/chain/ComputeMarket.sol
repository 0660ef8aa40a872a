// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/**
 * A market that only talks: it stores how many events it has emitted and nothing else. Event number `e` is a function of
 * `e` alone, so the stream is the same however it is cut into transactions and blocks.
 *
 * The first 1,000 events register the nodes. After that the stream goes in rounds of 20 events, which SCHEDULE deals out:
 * each round opens four jobs, assigns the four of ten rounds ago and ends the four of fifty rounds ago; in between,
 * offers change and stake moves. Where a round lies too early for a job to assign or to end, an offer changes instead.
 */
contract ComputeMarket {
    event NodeRegistered(bytes32 indexed nodeId, address indexed owner, uint32 gpuModel, uint16 gpuCount, string endpoint);
    event OfferUpdated(bytes32 indexed nodeId, uint256 pricePerHour);
    event JobCreated(uint256 indexed jobId, address indexed client, bytes32 specHash, uint256 budget);
    event JobAssigned(uint256 indexed jobId, bytes32 indexed nodeId, uint256 price);
    event JobCompleted(uint256 indexed jobId, bytes32 indexed nodeId, uint256 amount, bytes32 resultHash);
    event JobFailed(uint256 indexed jobId, bytes32 indexed nodeId, uint8 reason);
    event StakeLocked(bytes32 indexed nodeId, uint256 amount);
    event StakeUnlocked(bytes32 indexed nodeId, uint256 amount);
    event StakeSlashed(bytes32 indexed nodeId, uint256 indexed jobId, uint256 amount);
    event PayoutSent(uint256 indexed jobId, bytes32 indexed nodeId, address indexed to, uint256 amount);

    enum Step { Open, Assign, End, Settle, Offer, Lock, Unlock }

    struct Job {
        bytes32 node;
        address owner;
        uint256 price;
        bool fails;
    }

    uint256 private constant NODES = 1000;
    uint256 private constant CLIENTS = 5000;
    uint256 private constant JOBS_PER_ROUND = 4;
    uint256 private constant ASSIGN_AFTER = 10;
    uint256 private constant END_AFTER = 50;
    /// One job in so many fails, and costs its node a tenth of the price.
    uint256 private constant FAIL_ONE_IN = 20;

    /// One Step per event of a round; RANK says which of the round's jobs it concerns.
    bytes20 private constant SCHEDULE = hex"0000000001010101020302030203020304050406";
    bytes20 private constant RANK = hex"0001020300010203000001010202030300000000";

    uint256 public emitted;

    function emitNext(uint256 count) external {
        uint256 first = emitted;
        uint256 end = first + count;
        for (uint256 e = first; e < end; ++e) emitOne(e);
        emitted = end;
    }

    function emitOne(uint256 e) private {
        if (e < NODES) return register(e);
        uint256 round = (e - NODES) / 20;
        uint256 slot = (e - NODES) % 20;
        Step step = Step(uint8(SCHEDULE[slot]));
        uint256 rank = uint8(RANK[slot]);
        if (step == Step.Open) return open(round * JOBS_PER_ROUND + rank);
        if (step == Step.Assign && round >= ASSIGN_AFTER) return assign((round - ASSIGN_AFTER) * JOBS_PER_ROUND + rank);
        if (step == Step.End && round >= END_AFTER) return finish((round - END_AFTER) * JOBS_PER_ROUND + rank);
        if (step == Step.Settle && round >= END_AFTER) return settle((round - END_AFTER) * JOBS_PER_ROUND + rank);
        if (step == Step.Lock) emit StakeLocked(anyNode(e), 5 ether + (draw("locked", e) % 10 ether));
        else if (step == Step.Unlock) emit StakeUnlocked(anyNode(e), 0.1 ether + (draw("unlocked", e) % 1 ether));
        else emit OfferUpdated(anyNode(e), 0.0001 ether + (draw("offer", e) % 0.01 ether));
    }

    function register(uint256 index) private {
        uint32 model = uint32(draw("model", index) % 12);
        uint16 count = uint16(1 + (draw("count", index) % 8));
        emit NodeRegistered(nodeAt(index), ownerAt(index), model, count, endpointAt(index));
    }

    function open(uint256 id) private {
        address client = address(uint160(draw("client", draw("whose", id) % CLIENTS)));
        emit JobCreated(id, client, bytes32(draw("spec", id)), 2 * jobAt(id).price);
    }

    function assign(uint256 id) private {
        Job memory job = jobAt(id);
        emit JobAssigned(id, job.node, job.price);
    }

    function finish(uint256 id) private {
        Job memory job = jobAt(id);
        if (job.fails) emit JobFailed(id, job.node, uint8(draw("reason", id) % 5));
        else emit JobCompleted(id, job.node, job.price, bytes32(draw("result", id)));
    }

    function settle(uint256 id) private {
        Job memory job = jobAt(id);
        if (job.fails) emit StakeSlashed(job.node, id, job.price / 10);
        else emit PayoutSent(id, job.node, job.owner, job.price);
    }

    function jobAt(uint256 id) private pure returns (Job memory) {
        uint256 index = draw("worker", id) % NODES;
        uint256 price = 0.001 ether + (draw("price", id) % 1 ether);
        return Job(nodeAt(index), ownerAt(index), price, draw("fails", id) % FAIL_ONE_IN == 0);
    }

    function anyNode(uint256 e) private pure returns (bytes32) {
        return nodeAt(draw("any", e) % NODES);
    }

    function nodeAt(uint256 index) private pure returns (bytes32) {
        return bytes32(draw("node", index));
    }

    function ownerAt(uint256 index) private pure returns (address) {
        return address(uint160(draw("owner", index)));
    }

    function endpointAt(uint256 index) private pure returns (string memory) {
        bytes memory text = "https://node-0000.market.example/api";
        for (uint256 place = 16; place > 12; --place) {
            text[place] = bytes1(uint8(48 + (index % 10)));
            index /= 10;
        }
        return string(text);
    }

    /// A number that looks like chance and depends on nothing else.
    function draw(bytes8 purpose, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encodePacked(purpose, index)));
    }
}
