import { type KeyObject, sign, verify } from 'node:crypto';
import { UserError } from '../lib/errors.js';
import type { InstanceKey } from './openInstanceKey.js';

/**
 * A document and who says so. What is signed are the bytes of `document` in canonical JSON (RFC 8785: keys in order, no spaces), as
 * `jq -jcS .document` prints them: a reader may indent the file without breaking it.
 */
export interface SignedDocument {
  readonly document: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly signature: {
    readonly algorithm: 'Ed25519';
    readonly keyId: string;
    /** 64 bytes in base64. */
    readonly value: string;
  };
}

/** `canonical` is the document's canonical JSON; its `type` keeps one kind of document from passing for another. */
export function signDocument(
  document: SignedDocument['document'],
  { canonical, key }: { readonly canonical: string; readonly key: InstanceKey },
): SignedDocument {
  const value = sign(null, Buffer.from(canonical), key.privateKey).toString('base64');
  return { document, signature: { algorithm: 'Ed25519', keyId: key.publicKey.keyId, value } };
}

export function isSignedBy(
  { signature }: SignedDocument,
  { canonical, publicKey }: { readonly canonical: string; readonly publicKey: KeyObject },
): boolean {
  const value = Buffer.from(signature.value, 'base64');
  return value.length === SIGNATURE_BYTES && verify(null, Buffer.from(canonical), publicKey, value);
}

const SIGNATURE_BYTES = 64;

/** Takes what a file holds; says what is missing. */
export function parseSignedDocument(text: string, file: string): SignedDocument {
  let parsed: Partial<SignedDocument> | null;
  try {
    parsed = JSON.parse(text) as Partial<SignedDocument> | null;
  } catch {
    throw new UserError(`Expected JSON in ${file}, found something else: write it by \`computescan score … --json\`.`);
  }
  const { document, signature } = parsed ?? {};
  if (typeof document?.type !== 'string' || typeof signature?.value !== 'string' || signature.algorithm !== 'Ed25519') {
    throw new UserError(
      `Expected a document and its Ed25519 signature in ${file}, found ${describeKeys(parsed)}: write it by \`computescan score … --json\`.`,
    );
  }
  return parsed as SignedDocument;
}

function describeKeys(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value);
  return keys.length > 0 ? `the fields ${keys.slice(0, 5).join(', ')}` : 'no fields';
}
