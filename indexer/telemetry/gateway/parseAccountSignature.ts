import type { Hex } from '../../../schema/lib/hex.js';

/**
 * A signature of an account in its only form: 65 bytes, r and s within the curve's order, s the lower of two, v 27 or 28
 * (0 and 1 are taken for these). All without work on the curve. Otherwise what is wrong with it.
 */
export function parseAccountSignature(
  signature: string,
): { readonly signature: Hex } | { readonly expected: string; readonly got: string } {
  const digits = /^0x([0-9a-f]*)$/i.exec(signature)?.[1]?.toLowerCase();
  if (digits === undefined || digits.length !== 130) {
    return { expected: '65 bytes as 0x and 130 digits', got: describe(signature, digits) };
  }
  const [r, s, v] = [digits.slice(0, 64), digits.slice(64, 128), digits.slice(128)];
  // Numbers of one length compare as their texts do.
  if (r === ZERO || r >= ORDER) return { expected: 'r from 1 to below the order of the curve', got: `0x${r}` };
  if (s === ZERO || s >= ORDER) return { expected: 's from 1 to below the order of the curve', got: `0x${s}` };
  if (s > HALF_ORDER) return { expected: 'the lower of the two possible s', got: 'the higher one' };
  const recovery = recoveries[v];
  if (!recovery) return { expected: 'v of 27 or 28, or 0 or 1', got: String(Number.parseInt(v, 16)) };
  return { signature: `0x${r}${s}${recovery}` };
}

const ZERO = '0'.repeat(64);
/** Of secp256k1 (SEC 2, 2.4.1). */
const ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
const HALF_ORDER = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0';
const recoveries: Readonly<Record<string, string>> = { '00': '1b', '01': '1c', '1b': '1b', '1c': '1c' };

function describe(signature: string, digits: string | undefined): string {
  return digits === undefined ? signature.slice(0, 20) : `${digits.length} digits`;
}
