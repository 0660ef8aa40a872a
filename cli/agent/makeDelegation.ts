import { toPrivateKey, toPublicKeyHex } from '../../schema/heartbeat/sealBatch.js';
import { hashMessage, toDelegationId, toTypedData } from '../../schema/heartbeat/typedData.js';
import { UserError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';
import { recoverSigner } from '../../schema/lib/recoverSigner.js';
import type { AgentConfig } from './config.js';
import { type DelegationFile, readDelegationFile, toDelegate, toWalletJson } from './delegationFile.js';
import { openStateDir, writeDurably } from './openStateDir.js';
import { toDelegationPath } from './toAuthority.js';
import { toAddress, toSignature, toSubject } from './toSubject.js';

export interface DelegationRequest {
  readonly config: AgentConfig;
  readonly stateDir: string;
  readonly account?: string;
  readonly signature?: string;
  readonly nowSeconds: number;
}

export interface DelegationResult {
  /** For stdout. */
  readonly output: string;
  readonly lines: readonly string[];
}

/**
 * `computescan agent delegate`: first the typed data for the wallet, then its signature. What is asked for lies beside the
 * delegation in force until it is signed, so that the agent goes on meanwhile.
 */
export async function makeDelegation(request: DelegationRequest): Promise<DelegationResult> {
  return request.signature === undefined ? ask(request) : take(request, request.signature);
}

async function ask({ config, stateDir, account, nowSeconds }: DelegationRequest): Promise<DelegationResult> {
  if (!account) throw new UserError('Expected the account that will sign, found none: give --account 0x….');
  const { network, nodes, anchor } = toSubject(config);
  const warnings: string[] = [];
  const publicKey = readPublicKey(stateDir, (line) => warnings.push(line));
  const validTo = nowSeconds + config.AGENT_DELEGATION_DAYS * 86_400;
  const file = { network, account: toAddress(account), publicKey, nodes, validFrom: nowSeconds - 60, validTo };
  const path = toRequestPath(stateDir);
  await writeDurably(path, JSON.stringify(file, null, 2));
  return {
    output: toWalletJson(toTypedData(anchor, 'Delegate', toDelegate(file))),
    lines: [
      ...warnings,
      `Have ${file.account} sign this (eth_signTypedData_v4). Nothing but the session key of ${stateDir} may speak by it, for ${nodes.length} nodes, until ${new Date(validTo * 1_000).toISOString()}.`,
      'Then run `computescan agent delegate --signature 0x…` with the same --state-dir.',
    ],
  };
}

async function take({ config, stateDir }: DelegationRequest, given: string): Promise<DelegationResult> {
  const file = readDelegationFile(toRequestPath(stateDir));
  const signature = toSignature(given);
  const { anchor } = toSubject(config, file);
  const hash = hashMessage(anchor, 'Delegate', toDelegate(file));
  const signed: DelegationFile = { ...file, signature };
  const signer = await recoverSigner(hash, signature);
  const path = toDelegationPath(stateDir);
  await writeDurably(path, JSON.stringify(signed, null, 2));
  const lines = [`Delegation ${toDelegationId(hash)} is in ${path}: start \`computescan agent\`, or start it again.`];
  if (signer !== file.account) {
    lines.unshift(
      `It is not the signature of ${file.account} itself${signer ? ` but of ${signer}` : ''}: right only where that is a contract wallet, which the gateway asks (EIP-1271).`,
    );
  }
  return { output: '', lines };
}

/** The session key never leaves the directory; it is made here where there is none. */
function readPublicKey(stateDir: string, warn: (line: string) => void): Hex {
  const state = openStateDir(stateDir, { isShared: true, warn });
  try {
    return toPublicKeyHex(toPrivateKey(state.seed));
  } finally {
    state.close();
  }
}

function toRequestPath(stateDir: string): string {
  return `${toDelegationPath(stateDir)}.unsigned`;
}
