/**
 * Of what was signed and of the signature: another signature of the same is looked at again. A whole number below 2^53. Who
 * finds two that agree is told that a batch is a duplicate which is one, so it need not be hard to find them.
 */
export function toFingerprint(digest: Buffer, signature: Buffer): number {
  let mixed = 0x811c9dc5;
  for (const byte of signature) mixed = Math.imul(mixed ^ byte, 0x01000193);
  return digest.readUInt32BE(0) * 2 ** 21 + (mixed >>> 11);
}
