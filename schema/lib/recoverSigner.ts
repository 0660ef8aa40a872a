import { recoverAddress } from 'viem/utils';
import type { Hex } from './hex.js';

/**
 * The address, in lower case, whose key signed the hash (32 bytes); undefined where nobody's did. As OpenZeppelin's ECDSA
 * takes signatures: 65 bytes with v of 27 or 28, or 64 bytes of EIP-2098, the lower of the two possible s only.
 */
export async function recoverSigner(hash: Hex, signature: Hex): Promise<Hex | undefined> {
  const parts = parseSignature(signature);
  if (!parts || parts.s > HALF_ORDER) return undefined;
  const { r, s, yParity } = parts;
  try {
    const address = await recoverAddress({ hash, signature: { r: toWord(r), s: toWord(s), yParity } });
    return address.toLowerCase() as Hex;
  } catch {
    // No point of the curve has this r, or s is 0: such bytes are no signature.
    return undefined;
  }
}

/** Half of the order of secp256k1 (SEC 2, 2.4.1): above it lies the twin of a signature that is valid already. */
const HALF_ORDER = 0x7fffffff_ffffffff_ffffffff_ffffffff_5d576e73_57a4501d_dfe92f46_681b20a0n;
const HIGH_BIT = 1n << 255n;

function parseSignature(signature: Hex): { r: bigint; s: bigint; yParity: 0 | 1 } | undefined {
  if (!/^0x([0-9a-f]{2}){64,65}$/i.test(signature)) return undefined;
  const r = BigInt(signature.slice(0, 66));
  const second = BigInt(`0x${signature.slice(66, 130)}`);
  const v = signature.slice(130);
  if (v === '') return { r, s: second & (HIGH_BIT - 1n), yParity: second >= HIGH_BIT ? 1 : 0 };
  if (v.toLowerCase() !== '1b' && v.toLowerCase() !== '1c') return undefined;
  return { r, s: second, yParity: v.toLowerCase() === '1c' ? 1 : 0 };
}

function toWord(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`;
}
