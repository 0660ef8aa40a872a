// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/** Stands in for an aggregator of a Chainlink-compatible feed: says what it is told, and more than anybody asked for. */
contract Aggregator {
    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);
    event NewTransmission(uint32 indexed aggregatorRoundId, int192 answer);

    uint8 public immutable decimals;
    uint32 public latestRound;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    /** `shift`: seconds from the block's time to the one that is told. */
    function answer(int192 value, int256 shift) external {
        latestRound += 1;
        emit NewTransmission(latestRound, value);
        emit AnswerUpdated(value, latestRound, uint256(int256(block.timestamp) + shift));
    }
}

/** The proxy in front of it. Those of v0.6 change their phase without a word. */
contract FeedProxy {
    event AggregatorConfirmed(address indexed previous, address indexed latest);

    uint16 public phaseId;
    mapping(uint16 => address) public phaseAggregators;

    function confirm(address latest, bool isTold) external {
        address previous = phaseAggregators[phaseId];
        phaseId += 1;
        phaseAggregators[phaseId] = latest;
        if (isTold) emit AggregatorConfirmed(previous, latest);
    }
}
