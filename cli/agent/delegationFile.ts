import { readFileSync } from 'node:fs';
import type { Grant } from '../../schema/heartbeat/SenderOptions.js';
import { type HeartbeatMessage, toTypedData } from '../../schema/heartbeat/typedData.js';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';

/** A `Delegate` on its way to a wallet and back; without `signature` it waits for one. Times in unix seconds. */
export interface DelegationFile {
  readonly network: string;
  readonly account: Hex;
  /** Of the session key. */
  readonly publicKey: Hex;
  readonly nodes: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
  readonly signature?: Hex;
}

export function toDelegate({
  account,
  publicKey,
  validFrom,
  validTo,
  nodes,
}: DelegationFile): HeartbeatMessage<'Delegate'> {
  return {
    node: account,
    ed25519Pub: publicKey,
    validFrom: BigInt(validFrom),
    validTo: BigInt(validTo),
    scope: nodes,
  };
}

/** What `eth_signTypedData_v4` of a wallet takes. */
export function toWalletJson(typedData: ReturnType<typeof toTypedData>): string {
  const { domain, types, primaryType, message } = typedData;
  const EIP712Domain = [
    { name: 'name', type: 'string' },
    { name: 'version', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'verifyingContract', type: 'address' },
  ];
  const plain = { types: { EIP712Domain, ...types }, primaryType, domain, message };
  return JSON.stringify(plain, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2);
}

/** Throws UserError where there is none. */
export function readDelegationFile(path: string): DelegationFile {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as DelegationFile;
    if (!isDelegationFile(file)) throw new Error('got JSON of another form');
    return file;
  } catch (thrown) {
    throw new UserError(
      `Expected what \`computescan agent delegate\` has made in ${path}: ${toMessage(thrown)}. Run it, or give --key-file.`,
    );
  }
}

/** Throws UserError where it is not signed, has run out, or is of another key. */
export function toGrant(
  file: DelegationFile,
  path: string,
  now: { readonly publicKey: Hex; readonly seconds: number },
): Grant {
  const { signature, validFrom, validTo, publicKey } = file;
  if (!signature) {
    throw new UserError(
      `Expected a signature in ${path}, found none yet: have the wallet sign it, then run \`computescan agent delegate --signature 0x…\`.`,
    );
  }
  if (publicKey !== now.publicKey) {
    throw new UserError(
      `Expected ${path} to be for the session key of this state directory, got one for ${publicKey}. Run \`computescan agent delegate\` again, with this --state-dir.`,
    );
  }
  if (validTo <= now.seconds) {
    throw new UserError(
      `Expected a delegation that is still valid, got one until ${new Date(validTo * 1_000).toISOString()}. Run \`computescan agent delegate\` again.`,
    );
  }
  return { validFrom, validTo, signature };
}

function isDelegationFile(file: DelegationFile): boolean {
  return (
    typeof file.network === 'string' &&
    /^0x[0-9a-f]{40}$/.test(file.account) &&
    /^0x[0-9a-f]{64}$/.test(file.publicKey) &&
    Array.isArray(file.nodes) &&
    file.nodes.every((node) => typeof node === 'string') &&
    Number.isSafeInteger(file.validFrom) &&
    Number.isSafeInteger(file.validTo) &&
    (file.signature === undefined || /^0x([0-9a-f]{2})+$/.test(file.signature))
  );
}
