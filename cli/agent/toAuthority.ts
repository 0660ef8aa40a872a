import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createSigner, type Signer } from '../../schema/heartbeat/createSigner.js';
import { UserError } from '../../schema/lib/errors.js';
import type { AgentConfig } from './config.js';
import { type DelegationFile, readDelegationFile } from './delegationFile.js';
import { readKeyFile } from './readKeyFile.js';

/** By what right an agent speaks: a key that signs here, or what was signed elsewhere. */
export type Authority =
  | { readonly kind: 'key'; readonly signer: Signer }
  | { readonly kind: 'delegation'; readonly file: DelegationFile; readonly path: string };

/** Throws UserError where there is neither. A delegation that was made in the state directory need not be named. */
export function toAuthority(
  config: AgentConfig,
  where: { readonly stateDir: string; readonly credentials?: string },
): Authority {
  const { AGENT_KEY_FILE: keyFile, AGENT_DELEGATION_FILE: given } = config;
  if (keyFile && given) {
    throw new UserError(
      'Expected a key or a delegation, got both --key-file and --delegation-file: leave one of them out.',
    );
  }
  if (keyFile) return { kind: 'key', signer: toSigner(keyFile, where.credentials) };
  const path = given ?? toDelegationPath(where.stateDir);
  if (given || existsSync(path)) return { kind: 'delegation', file: readDelegationFile(path), path };
  throw new UserError(
    'Expected a right to speak for the nodes, found none: give --key-file (AGENT_KEY_FILE), or have a wallet sign with `computescan agent delegate`.',
  );
}

export function toDelegationPath(stateDir: string): string {
  return join(stateDir, 'delegation.json');
}

export function toSigner(keyFile: string, credentials?: string): Signer {
  const key = readKeyFile(keyFile, credentials);
  try {
    return createSigner(key);
  } catch {
    // 0, or above the order of the curve.
    throw new UserError(`Expected a private key of secp256k1 in ${keyFile}, got 32 bytes that are none.`);
  }
}
