import type { Hex } from '../lib/hex.js';

/** What an Ed25519 key signs besides batches, in text so that no one of them can pass for another. */

/** Takes the key's own delegation back. `revokedAt` in unix s. */
export function toRevocationBytes(delegation: Hex, revokedAt: number): Buffer {
  return Buffer.from(`computescan-revoke-v1\n${delegation}\n${revokedAt}`, 'latin1');
}

/**
 * Shows that whoever asks for the secret of a session holds its key: the delegation may be known to others. `signature` is
 * the account's, as the request has it, in lower case; `sentAt` in unix s.
 */
export function toMacProofBytes(signature: Hex, sentAt: number): Buffer {
  return Buffer.from(`computescan-mac-v1\n${signature}\n${sentAt}`, 'latin1');
}
