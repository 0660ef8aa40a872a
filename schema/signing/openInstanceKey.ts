import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { toMessage, UserError } from '../lib/errors.js';

/** By what an instance signs its scores. */
export interface InstanceKey {
  readonly privateKey: KeyObject;
  readonly publicKey: InstancePublicKey;
}

export interface InstancePublicKey {
  readonly algorithm: 'Ed25519';
  /** The first 16 hex digits of the SHA-256 of the key's 32 bytes. */
  readonly keyId: string;
  /** The 32 bytes in hex. */
  readonly publicKey: string;
  /** The same as OpenSSL reads it (RFC 8410). */
  readonly pem: string;
}

/**
 * The instance's Ed25519 key (RFC 8032), PKCS #8 in PEM; made where the file is not there yet, readable for its owner alone.
 * Of several processes that make it at once one wins, and the others take what it made.
 */
export function openInstanceKey(file: string): InstanceKey {
  const text = readKey(file) ?? makeKey(file);
  const privateKey = parseKey(text, file);
  return { privateKey, publicKey: toInstancePublicKey(createPublicKey(privateKey)) };
}

export function toInstancePublicKey(key: KeyObject): InstancePublicKey {
  const bytes = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    algorithm: 'Ed25519',
    keyId: createHash('sha256').update(bytes).digest('hex').slice(0, ID_DIGITS),
    publicKey: bytes.toString('hex'),
    pem: String(key.export({ type: 'spki', format: 'pem' })),
  };
}

/** The public half, of its 32 bytes in hex. */
export function toPublicKey(hex: string): KeyObject {
  const x = Buffer.from(hex, 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** A key as people pass it on: its 32 bytes in hex, or the name of a PEM file, which `read` opens. */
export function parsePublicKey(text: string, read: (file: string) => string): InstancePublicKey {
  const [, hex] = /^(?:0x)?([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  try {
    const key = hex ? toPublicKey(hex) : createPublicKey(read(text));
    if (key.asymmetricKeyType === 'ed25519') return toInstancePublicKey(key);
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
  }
  throw new UserError(`Expected an Ed25519 public key, 64 hex digits or a PEM file, got "${text}".`);
}

const ID_DIGITS = 16;
const OWNER_ONLY = 0o600;

/** Undefined: there is none yet. */
function readKey(file: string): string | undefined {
  try {
    const mode = statSync(file).mode & 0o777;
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      throw new UserError(
        `Expected ${file} to be readable for its owner alone, found mode ${mode.toString(8).padStart(4, '0')}: run chmod 600 on it. If others could read it, remove it: the next start makes another key.`,
      );
    }
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (thrown instanceof UserError) throw thrown;
    throw new UserError(`Expected the instance's key in ${file}, cannot read it: ${toMessage(thrown)}.`);
  }
}

/** Written aside and linked into place, so that nobody ever reads half of it. */
function makeKey(file: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(aside, text, { mode: OWNER_ONLY, flag: 'wx' });
    linkSync(aside, file);
    return text;
  } catch (thrown) {
    const made = (thrown as NodeJS.ErrnoException).code === 'EEXIST' ? readKey(file) : undefined;
    if (made) return made;
    throw new UserError(
      `Expected a place for the instance's key at ${file}, cannot write there: ${toMessage(thrown)}. Set COMPUTESCAN_KEY_FILE.`,
    );
  } finally {
    rmSync(aside, { force: true });
  }
}

function parseKey(text: string, file: string): KeyObject {
  const wanted = `Expected an Ed25519 private key in PEM in ${file}`;
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch {
    throw new UserError(`${wanted}, found something else: remove it, and the next start makes one.`);
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new UserError(
    `${wanted}, found one of type ${key.asymmetricKeyType}: remove it, and the next start makes one.`,
  );
}
