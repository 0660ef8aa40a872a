import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type Hex, toBytes, toHex } from '../lib/hex.js';
import { type Envelope, headerNames, toHeaders, toSignedBytes } from './envelope.js';
import type { Beat } from './parseBatch.js';

/** What a batch is signed with: the session's Ed25519 key, or the secret that the gateway gave for MACs. */
export type BatchKey =
  | { readonly kind: 'ed25519'; readonly privateKey: KeyObject }
  | { readonly kind: 'mac'; readonly secret: Hex };

export interface SealedBatch {
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, as it travels. */
  readonly body: string;
}

/** A batch as `POST /v1/heartbeats` takes it. Sealing the same again gives the same bytes. */
export function sealBatch(envelope: Envelope, beats: readonly Beat[], key: BatchKey): SealedBatch {
  const body = JSON.stringify({ beats });
  const bytes = toSignedBytes(envelope, Buffer.from(body));
  const proof: Record<string, string> =
    key.kind === 'mac'
      ? { [headerNames.mac]: toHex(createHmac('sha256', toBytes(key.secret)).update(bytes).digest()) }
      : { [headerNames.signature]: toHex(sign(null, bytes, key.privateKey)) };
  return { headers: { 'content-type': 'application/json', ...toHeaders(envelope), ...proof }, body };
}

/** The 32 bytes of the key's public half, as a `Delegate` names it. */
export function toPublicKeyHex(privateKey: KeyObject): Hex {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return toHex(Buffer.from(x ?? '', 'base64url'));
}

/** The key pair that 32 bytes of chance stand for (RFC 8032). */
export function toPrivateKey(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([PKCS8_ED25519, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** What stands before the seed in PKCS #8 (RFC 8410, 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
