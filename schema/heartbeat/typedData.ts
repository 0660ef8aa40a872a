import { hashTypedData } from 'viem/utils';
import type { Hex } from '../lib/hex.js';

/**
 * What nodes and their operators sign (EIP-712). `verifyingContract` is the contract that `toAnchor` names for the network:
 * together with the chain id it keeps a signature for one network from counting in another.
 */
export interface Anchor {
  readonly chainId: number;
  readonly verifyingContract: Hex;
}

export const heartbeatTypes = {
  /** Lets an Ed25519 key speak for nodes, from and to unix seconds. `node` is the account that grants it. */
  Delegate: [
    { name: 'node', type: 'address' },
    { name: 'ed25519Pub', type: 'bytes32' },
    { name: 'validFrom', type: 'uint64' },
    { name: 'validTo', type: 'uint64' },
    { name: 'scope', type: 'string[]' },
  ],
  /** Takes a delegation back from a unix second on. */
  Revoke: [
    { name: 'node', type: 'address' },
    { name: 'delegation', type: 'bytes16' },
    { name: 'revokedAt', type: 'uint64' },
  ],
  /** One beat without a session, as third parties can check it. `bodyHash` is keccak256 of the body's bytes. */
  Heartbeat: [
    { name: 'node', type: 'address' },
    { name: 'slot', type: 'uint64' },
    { name: 'seq', type: 'uint64' },
    { name: 'sentAt', type: 'uint64' },
    { name: 'beacon', type: 'bytes32' },
    { name: 'bodyHash', type: 'bytes32' },
  ],
  /** Times of maintenance, unix seconds, on whole minutes. */
  Maintenance: [
    { name: 'node', type: 'address' },
    { name: 'scope', type: 'string[]' },
    { name: 'startsAt', type: 'uint64' },
    { name: 'endsAt', type: 'uint64' },
  ],
} as const;

interface Messages {
  readonly Delegate: {
    readonly node: Hex;
    readonly ed25519Pub: Hex;
    readonly validFrom: bigint;
    readonly validTo: bigint;
    readonly scope: readonly string[];
  };
  readonly Revoke: { readonly node: Hex; readonly delegation: Hex; readonly revokedAt: bigint };
  readonly Heartbeat: {
    readonly node: Hex;
    readonly slot: bigint;
    readonly seq: bigint;
    /** Unix seconds. */
    readonly sentAt: bigint;
    readonly beacon: Hex;
    readonly bodyHash: Hex;
  };
  readonly Maintenance: {
    readonly node: Hex;
    readonly scope: readonly string[];
    readonly startsAt: bigint;
    readonly endsAt: bigint;
  };
}

export type HeartbeatType = keyof Messages;
export type HeartbeatMessage<T extends HeartbeatType> = Messages[T];

/** As `signTypedData` of any wallet takes it. */
export function toTypedData<T extends HeartbeatType>(anchor: Anchor, primaryType: T, message: Messages[T]) {
  const domain = { name: 'ComputeHeartbeat', version: '1', ...anchor };
  return { domain, types: { [primaryType]: heartbeatTypes[primaryType] }, primaryType, message };
}

/** The 32 bytes that are signed. Throws where a value does not fit its type. */
export function hashMessage<T extends HeartbeatType>(anchor: Anchor, primaryType: T, message: Messages[T]): Hex {
  return hashTypedData(toTypedData(anchor, primaryType, message) as unknown as Parameters<typeof hashTypedData>[0]);
}

/** A delegation is named by the first 16 bytes of what was signed: opening it again opens the same one. */
export function toDelegationId(delegateHash: Hex): Hex {
  return delegateHash.slice(0, 2 + 32) as Hex;
}
