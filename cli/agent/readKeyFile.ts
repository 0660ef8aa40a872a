import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';

/**
 * The private key of an account, 32 bytes in hex. Throws UserError, which never quotes what is in the file, where it is none
 * or others than its owner may read it. What systemd hands over in its directory of credentials is guarded by access lists,
 * which show as rights of a group.
 */
export function readKeyFile(path: string, credentials?: string): Hex {
  const text = readSecret(path, credentials !== undefined && !relative(credentials, path).startsWith('..'));
  const [, digits] = /^(?:0x)?([0-9a-fA-F]{64})$/.exec(text.trim()) ?? [];
  if (digits) return `0x${digits.toLowerCase()}`;
  const kind = text.trimStart().startsWith('{') ? 'JSON (a keystore?)' : `${text.trim().length} characters`;
  throw new UserError(
    `Expected a private key in ${path}, 64 hexadecimal digits, got ${kind}. Keep a wallet's key where it is: \`computescan agent delegate\` has it sign once.`,
  );
}

function readSecret(path: string, isGuarded: boolean): string {
  try {
    const { mode } = statSync(path);
    // Windows keeps no such bits.
    if (process.platform !== 'win32' && !isGuarded && (mode & 0o077) !== 0) {
      throw new UserError(
        `Expected ${path} to be for its owner's eyes only, got mode ${(mode & 0o777).toString(8).padStart(4, '0')}: run \`chmod 600 ${path}\`.`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw new UserError(`Expected a key in ${path}: ${toMessage(thrown)}. Correct --key-file (AGENT_KEY_FILE).`);
  }
}
