import { hash } from 'node:crypto';

/** Of what was signed and of the signature: another signature of the same is looked at again. A whole number below 2^48. */
export function toFingerprint(digest: Buffer, signature: string): number {
  return hash('sha256', digest.toString('latin1') + signature, 'buffer').readUIntBE(0, 6);
}
