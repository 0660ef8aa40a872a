/** What a client may hold and cause; faults.md, B2. */
export interface LiveLimits {
  /** Subscriptions on one connection. */
  readonly subscriptionsPerConnection: number;
  /** Connections from one address: of IPv6, from one /64. */
  readonly connectionsPerAddress: number;
  /** Of all addresses together. */
  readonly connections: number;
  /** How many blocks a cursor may lie behind. */
  readonly replayBlocks: number;
}

export const defaultLiveLimits: LiveLimits = {
  subscriptionsPerConnection: 5,
  connectionsPerAddress: 100,
  connections: 10_000,
  replayBlocks: 10_000,
};

/** A message or a document that is larger is none of ours. */
export const MAX_PAYLOAD_BYTES = 64 * 1_024;
/** What waits for a slow reader before it is dropped. */
export const MAX_BUFFER_BYTES = 1_024 * 1_024;
/** Jobs or providers of which one subscription is told at once. */
export const MAX_UPDATES = 1_000;
/** Of which all are told together. */
export const MAX_CHANGES = 10_000;
