import { keccak256 } from 'viem/utils';
import type { Hex } from '../lib/hex.js';

/** `bodyHash` of a signed beat: keccak256 of the body's bytes as they travel. */
export function hashBody(body: string): Hex {
  return keccak256(Buffer.from(body, 'utf8'));
}
