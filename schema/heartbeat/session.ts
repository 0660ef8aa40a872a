import type { Hex } from '../lib/hex.js';

/** Paths of a gateway. */
export const paths = {
  sessions: '/v1/sessions',
  heartbeats: '/v1/heartbeats',
  maintenance: '/v1/maintenance',
  revocations: '/v1/revocations',
  beacon: '/v1/beacon',
} as const;

/** Body of `POST /v1/sessions`. `signature` is of a `Delegate` whose scope are these nodes in this order. */
export interface SessionRequest {
  readonly network: string;
  /** Who grants it: the node's account or its operator's. */
  readonly account: Hex;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Hex;
  /** Unix seconds. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Public ids of nodes; beats name them by their position here. */
  readonly nodes: readonly string[];
  readonly signature: Hex;
  /** Asks for a secret, so that batches can bear a MAC instead of a signature. */
  readonly mac?: boolean;
  /** Goes with it: the session key's signature over `toMacProofBytes`; `sentAt` in unix seconds. */
  readonly macProof?: { readonly sentAt: number; readonly signature: Hex };
}

export interface SessionAnswer {
  readonly delegation: Hex;
  /** The highest counter that was used under this delegation; 0: none. */
  readonly counter: number;
  /** When in its slot each node is to send, in ms from the slot's start; spreads the load. */
  readonly offsets: readonly number[];
  /** Hash of a recent block: the beacon of what is sent next. */
  readonly beacon: Hex;
  /** Unix ms. */
  readonly serverTime: number;
  /** 32 bytes; only where the request asked for it and the gateway has them. */
  readonly macSecret?: Hex;
}
