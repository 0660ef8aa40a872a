import { assert } from '../lib/assert.js';
import type { Hex } from '../lib/hex.js';
import type { NetworkDefinition } from '../protocols/Manifest.js';
import type { Anchor } from './typedData.js';

/** The network's first contract stands for it in signatures. */
export function toAnchor({ id, chainId, contracts }: NetworkDefinition): Anchor {
  const first = contracts[0];
  assert(first, `${id} has a contract`);
  return { chainId, verifyingContract: first.address.toLowerCase() as Hex };
}
