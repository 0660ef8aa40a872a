// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A wallet of EIP-1271 with one owner, who may lock it: its yes depends on the block at which it is asked.
contract ContractWallet {
    address public immutable owner;
    bool public locked;

    constructor(address owner_) {
        owner = owner_;
    }

    function lock() external {
        locked = true;
    }

    /// Takes r, s and v of its owner behind any number of bytes, so that its signatures look like nobody else's.
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        require(signature.length > 65, "too short");
        bytes calldata own = signature[signature.length - 65:];
        address signer = ecrecover(hash, uint8(own[64]), bytes32(own[:32]), bytes32(own[32:64]));
        return signer == owner && !locked ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}
