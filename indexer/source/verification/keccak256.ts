import { keccak256 as viemKeccak256 } from 'viem';
import type { Hex } from '../../../schema/lib/hex.js';

/** Keccak-256 as Ethereum uses it: bytes in, 32 bytes out. The one place to exchange it for a faster one. */
export function keccak256(bytes: Uint8Array): Buffer {
  return Buffer.from(viemKeccak256(bytes, 'bytes'));
}

/** The same of `0x…`. */
export function keccak256Hex(hex: Hex): Buffer {
  return Buffer.from(viemKeccak256(hex, 'bytes'));
}
