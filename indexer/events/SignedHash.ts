import type { Hex } from '../../schema/lib/hex.js';

/** A signature whose signer an adapter needs to know; undefined among the answers: it is nobody's. */
export interface SignedHash {
  readonly key: string;
  /** What was signed, 32 bytes. */
  readonly hash: Hex;
  readonly signature: Hex;
}
